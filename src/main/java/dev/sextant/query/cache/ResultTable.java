package dev.sextant.query.cache;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.engine.DatasetState;
import dev.sextant.query.model.ColumnInfo;
import dev.sextant.query.model.Subtotals;
import dev.sextant.query.model.TimeRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer in memory.
 *
 * @param state of the dataset in the snapshot that was read
 * @param range null where all time was asked for
 * @param compared the period that is compared with; null where there is none
 * @param rows values in the order of {@code columns}, in the form that {@code FieldType} says
 * @param subtotals null where none were asked for, or a page before had them
 * @param totals one value for each measure column, in their order; null where none were asked for
 * @param nextCursor null where there is no further page
 * @param exact false where a sketch was used
 * @param navigate see {@link dev.sextant.query.model.Navigation}; null where it was not asked for
 */
public record ResultTable(
        DatasetState state,
        TimeRange.@Nullable Between range,
        TimeRange.@Nullable Between compared,
        List<ColumnInfo> columns,
        List<List<@Nullable Object>> rows,
        @Nullable List<Subtotals> subtotals,
        @Nullable List<@Nullable Object> totals,
        @Nullable String nextCursor,
        boolean exact,
        @Nullable ObjectNode navigate) {}
