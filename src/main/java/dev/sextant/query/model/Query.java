package dev.sextant.query.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question about one dataset, checked against its model by {@link QueryReader}. Equal questions are equal records: it
 * serves as a key. Copy it by {@link #toBuilder}.
 *
 * @param measures and {@code dimensions}: one of each at least, or more of one of them; none of either where there are
 *     {@code fields}
 * @param fields what is told of each event; empty where rows are groups of events
 * @param filter which events are looked at; null for all
 * @param timeRange null for all time
 * @param having which rows are shown, by the names of their columns; null for all
 * @param order as asked; what it leaves open is decided by the dimensions, ascending, nulls last
 * @param limit how many rows there are on a page
 * @param cursor where the page before ended; null for the first
 * @param totals whether the measures over all rows are wanted as well
 * @param grouping which subtotals are wanted; null for none
 * @param compare the other period that is looked at; null for none
 * @param fill how empty buckets of time are shown; null where they are not
 * @param others how what is not among the largest is gathered; null where it is not
 * @param asOf the version of the data that is looked at; null for the latest
 * @param navigate whether the queries that lead on from here are wanted as well
 */
public record Query(
        String dataset,
        List<Measure> measures,
        List<Dimension> dimensions,
        List<Dimension.Plain> fields,
        @Nullable Filter filter,
        @Nullable TimeRange timeRange,
        @Nullable Filter having,
        List<Order> order,
        int limit,
        @Nullable String cursor,
        boolean totals,
        @Nullable Grouping grouping,
        @Nullable Compare compare,
        @Nullable Fill fill,
        @Nullable Others others,
        @Nullable Long asOf,
        boolean navigate) {

    public static final int LIMIT_BY_DEFAULT = 1_000;
    public static final int LIMIT_MAX = 10_000;

    /** What rows are sorted by, first things first. */
    public record Order(String by, boolean descending, boolean nullsFirst) {}

    public Query {
        measures = List.copyOf(measures);
        dimensions = List.copyOf(dimensions);
        fields = List.copyOf(fields);
        order = List.copyOf(order);
    }

    /** Of all events, all time, the first page, with totals; what is asked is still to be said. */
    public static QueryBuilder of(String dataset) {
        return new QueryBuilder(dataset);
    }

    public QueryBuilder toBuilder() {
        return new QueryBuilder(this);
    }

    /** The period that is compared with, once the range is known; null where there is none. */
    public TimeRange.@Nullable Between comparedRange() {
        return compare == null || !(timeRange instanceof TimeRange.Between range) ? null : compare.range(range, zone());
    }

    /** In whose calendar the query counts days. */
    public ZoneId zone() {
        return dimensions.stream()
                .filter(Dimension.TimeBucket.class::isInstance)
                .map(dimension -> ((Dimension.TimeBucket) dimension).zone())
                .findFirst()
                .orElse(ZoneOffset.UTC);
    }

    /** The same question about a range that is known. */
    public Query over(@Nullable TimeRange range) {
        return toBuilder().timeRange(range).build();
    }

    /** The same question from its first page. */
    public Query withoutCursor() {
        return toBuilder().cursor(null).build();
    }

    /** In the shape that {@link QueryReader} reads, and reads back equal. */
    public ObjectNode toJson() {
        return QueryWriter.write(this);
    }
}
