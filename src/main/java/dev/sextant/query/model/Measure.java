package dev.sextant.query.model;

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
     * @param field null where {@code function} is {@code COUNT}, which counts rows; set otherwise
     * @param quantile which one, from 0 to 1; null but for {@code QUANTILE}
     * @param exact false permits a sketch, where there is one: it is true for all functions but {@code COUNT_DISTINCT} and
     *     {@code QUANTILE}
     * @param filter which rows of the group take part; null for all
     */
    record Aggregate(
            Function function,
            @Nullable String field,
            @Nullable Double quantile,
            boolean exact,
            @Nullable Filter filter,
            String as)
            implements Measure {}

    /** The one divided by the other, in doubles; null where the other is zero or null. */
    record Ratio(Aggregate dividend, Aggregate divisor, String as) implements Measure {}

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
