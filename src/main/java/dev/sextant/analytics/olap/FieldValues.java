package dev.sextant.analytics.olap;

import java.util.List;

/**
 * The values of a field, the most frequent first, those of one count by their own order.
 *
 * @param hasMore whether there are more than were asked for
 */
record FieldValues(String field, List<Counted> data, boolean hasMore, String dataVersion) {

    FieldValues {
        data = List.copyOf(data);
    }

    /**
     * One value.
     *
     * @param value as in the rows of a query
     * @param count how many events have it
     */
    record Counted(Object value, long count) {}
}
