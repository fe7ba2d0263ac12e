package dev.sextant.query.expression;

import dev.sextant.engine.FieldType;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a text of the language means, every part with its type. Made by {@link ExpressionReader}; equal expressions are
 * equal trees, however they were written.
 */
public sealed interface Expression {

    FieldType type();

    /** The operands, in their order. */
    List<Expression> parts();

    /** The same with other operands, as many. */
    Expression withParts(List<Expression> parts);

    /**
     * A value that the text itself gives.
     *
     * @param value in the form that {@code FieldType} says, or what a compiler puts in its place
     */
    record Literal(Object value, FieldType type) implements Expression {
        @Override
        public List<Expression> parts() {
            return List.of();
        }

        @Override
        public Literal withParts(List<Expression> parts) {
            return this;
        }
    }

    /** A field, a path into one, or, where measures are named, a measure. */
    record Subject(String name, FieldType type) implements Expression {
        @Override
        public List<Expression> parts() {
            return List.of();
        }

        @Override
        public Subject withParts(List<Expression> parts) {
            return this;
        }
    }

    record Call(Operation operation, List<Expression> parts, FieldType type) implements Expression {
        public Call {
            parts = List.copyOf(parts);
        }

        @Override
        public Call withParts(List<Expression> others) {
            return new Call(operation, others, type);
        }
    }

    /**
     * The value of the first branch whose condition is met.
     *
     * @param parts condition, value, condition, value, …, and, where their number is odd, what holds else
     */
    record Case(List<Expression> parts, FieldType type) implements Expression {
        public Case {
            parts = List.copyOf(parts);
        }

        @Override
        public Case withParts(List<Expression> others) {
            return new Case(others, type);
        }
    }

    /** The value read as another type; missing where it does not read. */
    record Cast(Expression value, FieldType type) implements Expression {
        @Override
        public List<Expression> parts() {
            return List.of(value);
        }

        @Override
        public Cast withParts(List<Expression> parts) {
            return new Cast(parts.getFirst(), type);
        }
    }

    /** A part of an instant, as the clock and calendar of the zone show it. */
    record Extract(Part part, Expression instant, ZoneId zone) implements Expression {
        @Override
        public FieldType type() {
            return FieldType.LONG;
        }

        @Override
        public List<Expression> parts() {
            return List.of(instant);
        }

        @Override
        public Extract withParts(List<Expression> parts) {
            return new Extract(part, parts.getFirst(), zone);
        }
    }

    /** Weeks are those of ISO 8601; {@code DAY_OF_WEEK} is 1 on Monday. */
    enum Part {
        YEAR,
        QUARTER,
        MONTH,
        WEEK,
        DAY,
        DAY_OF_YEAR,
        DAY_OF_WEEK,
        HOUR,
        MINUTE,
        SECOND;

        static @Nullable Part of(String name) {
            for (Part part : values()) {
                if (part.name().equals(name.toUpperCase(Locale.ROOT))) {
                    return part;
                }
            }
            return null;
        }
    }

    /** The text, written the one way; {@link ExpressionReader} reads it back equal. */
    default String text() {
        return ExpressionText.of(this);
    }

    /** The names of all subjects, as they come. */
    default Set<String> subjects() {
        Set<String> names = new LinkedHashSet<>();
        if (this instanceof Subject subject) {
            names.add(subject.name());
        }
        parts().forEach(part -> names.addAll(part.subjects()));
        return names;
    }

    /** The same with other literals. */
    default Expression withLiterals(UnaryOperator<Literal> change) {
        if (this instanceof Literal literal) {
            return change.apply(literal);
        }
        List<Expression> changed = new ArrayList<>();
        parts().forEach(part -> changed.add(part.withLiterals(change)));
        return withParts(changed);
    }

    /**
     * How large it is when it is compiled. A part that is looked at twice counts twice.
     *
     * @param subject what a subject counts, by its name
     */
    default long weight(ToLongFunction<String> subject) {
        if (this instanceof Subject named) {
            return subject.applyAsLong(named.name());
        }
        long parts = 0;
        for (Expression part : parts()) {
            parts = Math.min(parts + part.weight(subject), Integer.MAX_VALUE);
        }
        boolean twice = this instanceof Call call && call.operation().isGuarded();
        return 1 + (twice ? 2 * parts : parts);
    }
}
