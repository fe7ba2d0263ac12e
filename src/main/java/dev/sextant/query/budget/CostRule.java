package dev.sextant.query.budget;

import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.Measure;
import dev.sextant.query.model.Query;

/**
 * What a query costs: one unit for each 100,000 rows to be read, one at least, times a factor. The factor is 1, and grows
 * with each aggregate that has to remember what it saw. Pure.
 *
 * <p>The numbers follow measurements on DuckDB 2.0 (docs/adr/0012): over the same 5 million rows a sum took 5 ms, an exact
 * count of distinct texts 244, its sketch 105, a quantile 88 exactly and 274 by sketch.
 */
public final class CostRule {

    private static final long ROWS_PER_UNIT = 100_000;
    private static final int EXACT_DISTINCT = 3;
    private static final int SKETCHED_DISTINCT = 1;
    private static final int QUANTILE = 2;

    private CostRule() {}

    public static long units(long rows, Query query, DatasetModel model) {
        return units(rows) * factor(query, model);
    }

    /** Where nothing but the rows is known. */
    public static long units(long rows) {
        return Math.max(1, Math.ceilDiv(rows, ROWS_PER_UNIT));
    }

    /** From 1 up. */
    public static long factor(Query query, DatasetModel model) {
        return 1
                + query.measures().stream()
                        .flatMap(measure -> model.aggregates(measure).stream())
                        .mapToLong(CostRule::extra)
                        .sum();
    }

    private static int extra(Measure.Aggregate aggregate) {
        return switch (aggregate.function()) {
            case COUNT_DISTINCT -> aggregate.exact() ? EXACT_DISTINCT : SKETCHED_DISTINCT;
            case QUANTILE -> QUANTILE;
            case COUNT, SUM, AVG, MIN, MAX -> 0;
        };
    }
}
