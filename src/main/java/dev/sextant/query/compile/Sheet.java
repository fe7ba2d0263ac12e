package dev.sextant.query.compile;

import dev.sextant.query.model.Subtotals;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer of an engine, taken apart.
 *
 * @param rows of the page, with the columns that are shown
 * @param last the page's last row with all its columns; null where no page follows
 * @param subtotals null where none were asked for, or a page before had them
 * @param totals one value for each measure column; null where none were asked for
 */
public record Sheet(
        List<List<@Nullable Object>> rows,
        @Nullable List<@Nullable Object> last,
        @Nullable List<Subtotals> subtotals,
        @Nullable List<@Nullable Object> totals) {}
