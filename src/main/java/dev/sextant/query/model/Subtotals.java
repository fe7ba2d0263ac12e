package dev.sextant.query.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one level of subtotals.
 *
 * @param keys how many of its columns are dimensions; they come first
 * @param columns of its rows, by their places among the answer's columns: the dimensions that it keeps, then all measures
 */
public record Subtotals(int keys, List<Integer> columns, List<List<@Nullable Object>> rows) {

    public Subtotals {
        columns = List.copyOf(columns);
    }
}
