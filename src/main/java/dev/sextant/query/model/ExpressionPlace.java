package dev.sextant.query.model;

import dev.sextant.engine.FieldType;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.query.expression.Expression;
import dev.sextant.query.expression.Expression.Cast;
import dev.sextant.query.expression.Expression.Subject;
import dev.sextant.query.expression.ExpressionReader;
import dev.sextant.query.expression.ExpressionRefusal;
import dev.sextant.query.expression.Scope;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Reads the members of bodies that hold expressions. Null is returned where anything is refused. */
final class ExpressionPlace {

    /** What a path into JSON can be read as. */
    private static final Map<String, FieldType> TYPES = Map.of(
            "string", FieldType.STRING,
            "long", FieldType.LONG,
            "double", FieldType.DOUBLE,
            "boolean", FieldType.BOOLEAN,
            "timestamp", FieldType.TIMESTAMP);

    private ExpressionPlace() {}

    static @Nullable Expression value(Place place, Scope scope) {
        return read(place, scope, ExpressionReader::read);
    }

    static @Nullable Expression condition(Place place, Scope scope) {
        return read(place, scope, ExpressionReader::readCondition);
    }

    private static @Nullable Expression read(Place place, Scope scope, BiFunction<String, Scope, Expression> reader) {
        String text = place.text();
        if (text == null) {
            return null;
        }
        try {
            return reader.apply(text, scope);
        } catch (ExpressionRefusal refusal) {
            Reason reason =
                    refusal.reason() == Reason.INVALID_QUERY ? place.refusals().general() : refusal.reason();
            place.refuse(reason, refusal.getMessage());
            return null;
        }
    }

    /** A field as a value, read as the type that the member {@code type} says, if it is there. */
    static @Nullable Expression field(Field field, Place type) {
        Subject subject = new Subject(field.name(), field.type());
        if (type.isAbsent()) {
            return subject;
        }
        String name = type.text();
        FieldType wanted = name == null ? null : TYPES.get(name);
        if (name != null && wanted == null) {
            type.refuse(Names.unknownOf("Type", name, TYPES.keySet()));
        } else if (!Fields.isPath(field.name())) {
            type.refuse(
                    "belongs to what is not declared: the dataset says of which type '%s' is".formatted(field.name()));
            return null;
        }
        return wanted == null || wanted == FieldType.STRING
                ? (wanted == null ? null : subject)
                : new Cast(subject, wanted);
    }

    /** The field that is read as another type; null where the expression is anything else. */
    static @Nullable String castField(Expression expression) {
        return expression instanceof Cast cast
                        && cast.value() instanceof Subject subject
                        && Fields.isPath(subject.name())
                ? subject.name()
                : null;
    }
}
