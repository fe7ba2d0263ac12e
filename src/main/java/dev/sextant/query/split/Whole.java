package dev.sextant.query.split;

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
        @Nullable List<@Nullable Object> totals) {}
