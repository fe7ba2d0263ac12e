package dev.sextant.query.model;

import dev.sextant.query.expression.Expression;
import dev.sextant.query.model.Filter.Operator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One number for each row of an answer. */
public sealed interface Measure {

    /** The name of its column. */
    String as();

    /** A measure of the model's, by its name there. */
    record Named(String measure, String as) implements Measure {}

    /**
     * An aggregate over the rows of a group.
     *
     * @param field what is aggregated; null where {@code function} is {@code COUNT}, which counts rows, or where there is
     *     an {@code expression}
     * @param expression over fields, what is aggregated; null where it is a field
     * @param quantile which one, from 0 to 1; null but for {@code QUANTILE}
     * @param exact false permits a sketch, where there is one: it is true for all functions but {@code COUNT_DISTINCT} and
     *     {@code QUANTILE}
     * @param filter which rows of the group take part; null for all
     */
    record Aggregate(
            Function function,
            @Nullable String field,
            @Nullable Expression expression,
            @Nullable Double quantile,
            boolean exact,
            @Nullable Filter filter,
            String as)
            implements Measure {

        /** Over a field, or counting rows. */
        public Aggregate(
                Function function,
                @Nullable String field,
                @Nullable Double quantile,
                boolean exact,
                @Nullable Filter filter,
                String as) {
            this(function, field, null, quantile, exact, filter, as);
        }

        /** Counts the values of its field that are not missing. Only where there is a field. */
        public Aggregate countOfValues() {
            Filter there = new Filter.Comparison(Objects.requireNonNull(field), Operator.EXISTS, List.of(true));
            Filter both = filter == null ? there : new Filter.And(List.of(filter, there));
            return new Aggregate(Function.COUNT, null, null, true, both, as);
        }

        /** Whether it aggregates what an expression makes, and so no field. */
        public boolean isOfExpression() {
            return expression != null;
        }

        public Aggregate with(boolean exact, String as) {
            return new Aggregate(function, field, expression, quantile, exact, filter, as);
        }
    }

    /** The one divided by the other, in doubles; null where the other is zero or null. */
    record Ratio(Aggregate dividend, Aggregate divisor, String as) implements Measure {}

    /**
     * An expression over measures: a whole number where it is exact, else a double.
     *
     * @param operands the measures that the expression names, each known as what it is called there
     */
    record Computed(Expression expression, List<Measure> operands, String as) implements Measure {
        public Computed {
            operands = List.copyOf(operands);
        }

        /**
         * The same of other operands.
         *
         * @param operands that are called the same
         */
        public Computed with(List<Measure> operands, String as) {
            return new Computed(expression, operands, as);
        }
    }

    /** Named on the wire in lower case. */
    enum Function {
        COUNT,
        SUM,
        AVG,
        MIN,
        MAX,
        COUNT_DISTINCT,
        QUANTILE
    }
}
