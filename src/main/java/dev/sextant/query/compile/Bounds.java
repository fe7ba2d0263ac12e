package dev.sextant.query.compile;

import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.query.model.Dimension;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.TimeRange.Between;
import java.time.Duration;
import java.util.List;

/** How much an answer may hold beside the rows of its page. */
final class Bounds {

    /** Rows of all subtotals together. */
    static final int SUBTOTALS_MAX = 10_000;

    /** Buckets of time, each in all combinations of the other dimensions. */
    static final long FILLED_MAX = 1_000_000;

    private static final long BUCKETS_MAX = 100_000;

    private Bounds() {}

    /** The rows of a page and what comes with them. */
    static int rows(Query query, boolean first) {
        return query.limit() + (query.grouping() != null && first ? SUBTOTALS_MAX + 1 : 0);
    }

    /**
     * How many combinations of the other dimensions may be filled.
     *
     * @throws ProblemException {@code LimitExceeded} where there are too many buckets for one already
     */
    static long combinations(Query query, Between range) {
        long buckets = query.dimensions().stream()
                .filter(Dimension.TimeBucket.class::isInstance)
                .map(dimension -> ((Dimension.TimeBucket) dimension).grain().atLeast())
                .mapToLong(grain -> Duration.between(range.from(), range.to()).dividedBy(grain) + 2)
                .max()
                .orElse(1);
        if (buckets > BUCKETS_MAX) {
            throw refused(
                    "/fill",
                    "filled buckets",
                    BUCKETS_MAX,
                    "The time range has more than %,d buckets to fill: take a longer grain, or a shorter range"
                            .formatted(BUCKETS_MAX));
        }
        return FILLED_MAX / buckets;
    }

    static ProblemException tooManyFilled() {
        return refused(
                "/fill",
                "filled rows",
                FILLED_MAX,
                "Filling would make more than %,d rows, one for each bucket and combination of the other dimensions: take a longer grain, a shorter range, or fewer dimensions"
                        .formatted(FILLED_MAX));
    }

    static ProblemException tooManySubtotals() {
        return refused(
                "/grouping",
                "subtotals",
                SUBTOTALS_MAX,
                "There are more than %,d rows of subtotals: ask for fewer levels, or narrow the filter"
                        .formatted(SUBTOTALS_MAX));
    }

    private static ProblemException refused(String pointer, String limit, long max, String detail) {
        return new ProblemException(new Problem.LimitExceeded(
                limit, max, List.of(Problem.Violation.at(pointer, "limit_exceeded", detail)), detail));
    }
}
