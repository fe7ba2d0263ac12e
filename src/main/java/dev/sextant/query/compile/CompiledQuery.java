package dev.sextant.query.compile;

import dev.sextant.engine.Plan;
import dev.sextant.query.model.ColumnInfo;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.TimeRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query that an engine can run.
 *
 * @param query as it was asked
 * @param range that it looks at; null for all time
 * @param columns of the rows
 * @param plan its first statement yields the rows, in order, and one more than {@code query.limit()} where there are more; its
 *     second, if any, one row of totals, whose columns are the measures
 */
public record CompiledQuery(Query query, TimeRange.@Nullable Between range, List<ColumnInfo> columns, Plan plan) {

    public CompiledQuery {
        columns = List.copyOf(columns);
    }

    public boolean hasTotals() {
        return plan.statements().size() > 1;
    }
}
