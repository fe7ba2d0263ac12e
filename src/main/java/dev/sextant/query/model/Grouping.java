package dev.sextant.query.model;

import java.util.List;

/**
 * Which subtotals are wanted beside the rows.
 *
 * @param levels each the names of the dimensions' columns that its rows keep, in the query's order: never all of them and
 *     never none, for these are the rows and the totals. Longer ones come first
 */
public record Grouping(List<List<String>> levels) {

    public Grouping {
        levels = levels.stream().map(List::copyOf).toList();
    }
}
