package dev.sextant.query.model;

import dev.sextant.engine.FieldType;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.query.expression.Expression;
import dev.sextant.query.expression.ExpressionReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads measures that are expressions over measures. */
final class ComputedReader {

    private final Vocabulary vocabulary;

    ComputedReader(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    static boolean isComputed(Place place) {
        return "expression".equals(place.value().path("agg").asText());
    }

    /**
     * Null where anything is refused.
     *
     * @param own the query's measures that it may name
     */
    @Nullable
    Measure read(Place place, List<Measure> own, @Nullable String as) {
        Place text = place.member("expr");
        if (text.isAbsent()) {
            text.refuse("is missing: say what is computed of which measures, such as 'revenue / users'");
            return null;
        }
        MeasureScope scope = new MeasureScope(vocabulary.model(), vocabulary.fields(), own);
        Expression expression = ExpressionPlace.value(text, scope);
        if (expression == null) {
            return null;
        }
        if (!isNumber(expression.type())) {
            text.refuse(Reason.TYPE_MISMATCH, "A measure is a number, and this is none");
            return null;
        }
        if (expression.subjects().isEmpty()) {
            text.refuse("names no measure");
            return null;
        }
        if (scope.weight(expression) > ExpressionReader.WEIGHT_MAX) {
            text.refuse("grows too large when the measures that it names are spelled out");
            return null;
        }
        return new Measure.Computed(expression, scope.operands(expression), as == null ? "expression" : as);
    }

    private static boolean isNumber(FieldType type) {
        return switch (type) {
            case LONG, DOUBLE, DECIMAL -> true;
            case STRING, BOOLEAN, TIMESTAMP, JSON -> false;
        };
    }
}
