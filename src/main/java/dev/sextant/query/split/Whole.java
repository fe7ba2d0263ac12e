package dev.sextant.query.split;

import dev.sextant.query.model.Query;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of an answer, put together.
 *
 * @param rows as the query orders them
 * @param hasMore whether there are rows beyond the page
 * @param totals the measures over all rows; null where they do not follow from the rows
 */
public record Whole(
        List<List<@Nullable Object>> rows,
        boolean hasMore,
        @Nullable List<@Nullable Object> totals) {

    /** As the query wants to be told. Without dimensions, the one row is its own total, where it is shown. */
    public @Nullable List<@Nullable Object> totals(Query query) {
        if (!query.totals() || query.measures().isEmpty()) {
            return null;
        }
        boolean isOwnTotal = totals == null && query.dimensions().isEmpty() && !rows.isEmpty();
        return isOwnTotal ? rows.getFirst() : totals;
    }
}
