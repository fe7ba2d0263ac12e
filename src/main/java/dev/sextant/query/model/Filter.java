package dev.sextant.query.model;

import dev.sextant.engine.FieldType;
import dev.sextant.query.expression.Expression;
import dev.sextant.query.expression.Expression.Call;
import dev.sextant.query.expression.Expression.Literal;
import dev.sextant.query.expression.Expression.Subject;
import dev.sextant.query.expression.Operation;
import java.util.List;
import java.util.Locale;

/**
 * A condition that a row meets or does not: there is no third truth value. A comparison with a value that is missing is
 * not met, and {@code Not} is the exact complement.
 */
public sealed interface Filter {

    /**
     * A field compared.
     *
     * @param values in the form that {@code FieldType} says for the field's type. One value, but: two for
     *     {@code BETWEEN}, one or more for {@code IN} and {@code NIN}; one {@code Boolean} for {@code IS_NULL} and
     *     {@code EXISTS}. Against a path into JSON also {@code Double}: then it is read as a number
     */
    record Comparison(String field, Operator operator, List<Object> values) implements Filter {
        public Comparison {
            values = List.copyOf(values);
        }
    }

    record And(List<Filter> all) implements Filter {
        public And {
            all = List.copyOf(all);
        }
    }

    record Or(List<Filter> any) implements Filter {
        public Or {
            any = List.copyOf(any);
        }
    }

    record Not(Filter filter) implements Filter {}

    /** A segment of the model's, by its name there. */
    record InSegment(String segment) implements Filter {}

    /** An expression that is a condition. */
    record Met(Expression condition) implements Filter {}

    /** Met by texts that begin so, whatever the case of either. */
    static Filter startsWithInAnyCase(Field field, String prefix) {
        Expression text = new Call(Operation.LOWER, List.of(new Subject(field.name(), field.type())), FieldType.STRING);
        Expression start = new Call(Operation.LOWER, List.of(new Literal(prefix, FieldType.STRING)), FieldType.STRING);
        return new Met(new Call(Operation.STARTS_WITH, List.of(text, start), FieldType.BOOLEAN));
    }

    /** Named on the wire in lower case. */
    enum Operator {
        EQ,
        NE,
        IN,
        NIN,
        GT,
        GTE,
        LT,
        LTE,
        BETWEEN,
        CONTAINS,
        STARTS_WITH,
        REGEX,
        IS_NULL,
        EXISTS;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean comparesOrder() {
            return switch (this) {
                case GT, GTE, LT, LTE, BETWEEN -> true;
                default -> false;
            };
        }

        boolean comparesText() {
            return this == CONTAINS || this == STARTS_WITH || this == REGEX;
        }

        boolean asksPresence() {
            return this == IS_NULL || this == EXISTS;
        }

        boolean takesList() {
            return this == IN || this == NIN || this == BETWEEN;
        }
    }
}
