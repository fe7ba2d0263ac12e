package dev.sextant.query.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question about one dataset, checked against its model by {@link QueryReader}. Equal questions are equal records: it
 * serves as a key.
 *
 * @param dimensions and {@code measures}: one of each at least, or more of one of them
 * @param filter which events are looked at; null for all
 * @param timeRange null for all time
 * @param having which rows are shown, by the names of their columns; null for all
 * @param order as asked; what it leaves open is decided by the dimensions, ascending, nulls last
 * @param limit how many rows there are on a page
 * @param cursor where the page before ended; null for the first
 * @param totals whether the measures over all rows are wanted as well
 */
public record Query(
        String dataset,
        List<Measure> measures,
        List<Dimension> dimensions,
        @Nullable Filter filter,
        @Nullable TimeRange timeRange,
        @Nullable Filter having,
        List<Order> order,
        int limit,
        @Nullable String cursor,
        boolean totals) {

    public static final int LIMIT_BY_DEFAULT = 1_000;
    public static final int LIMIT_MAX = 10_000;

    /** What rows are sorted by, first things first. */
    public record Order(String by, boolean descending, boolean nullsFirst) {}

    public Query {
        measures = List.copyOf(measures);
        dimensions = List.copyOf(dimensions);
        order = List.copyOf(order);
    }

    /** The same question about a range that is known. */
    public Query over(@Nullable TimeRange range) {
        return new Query(dataset, measures, dimensions, filter, range, having, order, limit, cursor, totals);
    }

    /** The same question from its first page. */
    public Query withoutCursor() {
        return new Query(dataset, measures, dimensions, filter, timeRange, having, order, limit, null, totals);
    }

    /** In the shape that {@link QueryReader} reads, and reads back equal. */
    public ObjectNode toJson() {
        return QueryWriter.write(this);
    }
}
