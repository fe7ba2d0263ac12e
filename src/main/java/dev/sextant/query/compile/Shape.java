package dev.sextant.query.compile;

import dev.sextant.query.model.Dimension;
import dev.sextant.query.model.Filter;
import dev.sextant.query.model.Measure;
import dev.sextant.query.model.Query;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query with its values taken out: where a value was, there is a {@link Slot}. Queries of one shape have one SQL.
 *
 * @param range null where the query looks at all time
 * @param version the last whose rows are looked at; null for the latest
 * @param after the sort keys of the row that the page comes after, null where a key is null; the list is null for the first
 *     page
 */
record Shape(
        List<Measure> measures,
        List<Dimension> dimensions,
        @Nullable Filter filter,
        @Nullable Range range,
        @Nullable Slot version,
        @Nullable Filter having,
        List<Query.Order> order,
        Slot limit,
        @Nullable List<@Nullable Slot> after,
        boolean totals) {

    record Range(Slot from, Slot to) {}
}
