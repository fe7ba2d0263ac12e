package dev.sextant.query.compile;

import dev.sextant.query.model.Dimension;
import dev.sextant.query.model.Fill;
import dev.sextant.query.model.Filter;
import dev.sextant.query.model.Grouping;
import dev.sextant.query.model.Measure;
import dev.sextant.query.model.Others;
import dev.sextant.query.model.Query;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A query with its values taken out: where a value was, there is a {@link Slot}. Queries of one shape have one SQL.
 *
 * @param range null where the query looks at all time
 * @param version the last whose rows are looked at; null for the latest
 * @param grouping null also where its rows were on the page before
 * @param after the sort keys of the row that the page comes after, null where a key is null; the list is null for the first
 *     page
 * @param clocks of the buckets that go by one
 */
record Shape(
        List<Measure> measures,
        List<Dimension> dimensions,
        List<Dimension.Plain> fields,
        @Nullable Filter filter,
        @Nullable Range range,
        @Nullable Slot version,
        @Nullable Filter having,
        List<Query.Order> order,
        Slot limit,
        @Nullable List<@Nullable Slot> after,
        boolean totals,
        @Nullable Grouping grouping,
        @Nullable Earlier earlier,
        @Nullable Filling filling,
        @Nullable Others others,
        Map<Dimension.TimeBucket, Clock> clocks) {

    /** @param last the latest instant in it */
    record Range(Slot from, Slot to, Slot last) {}

    /**
     * The period that is compared with, and how it is laid over the range.
     *
     * @param overlaps whether events may be of both
     */
    record Earlier(Range range, Shift shift, boolean overlaps) {}

    /**
     * How gaps are filled.
     *
     * @param combinationsMax how many combinations of the other dimensions may be filled, and one more
     * @param buckets when they begin, all of them; null where the engine lists them itself
     */
    record Filling(
            Fill fill, Slot combinationsMax, @Nullable Slot buckets) {}

    /** Where the dimension of the others stands. */
    int othersPlace() {
        List<String> names = dimensions.stream().map(Dimension::as).toList();
        return others == null ? -1 : names.indexOf(others.dimension());
    }

    /** Where the bucket of time stands that is filled. */
    int bucketPlace() {
        return IntStream.range(0, dimensions.size())
                .filter(i -> dimensions.get(i) instanceof Dimension.TimeBucket)
                .findFirst()
                .orElse(-1);
    }

    /** What rows are told apart by; the mark of all others is the last of them. */
    int keys() {
        return dimensions.size() + (others == null ? 0 : 1);
    }
}
