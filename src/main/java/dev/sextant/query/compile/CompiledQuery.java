package dev.sextant.query.compile;

import dev.sextant.engine.DatasetState;
import dev.sextant.engine.Plan;
import dev.sextant.kernel.Problem.Unprocessable;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.kernel.ProblemException;
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
 * @param version of the data that it looks at; null for the latest there is when it runs
 * @param columns of the rows
 * @param plan its first statement yields the rows, in order, and one more than {@code query.limit()} where there are more; its
 *     second, if any, one row of totals, whose columns are the measures
 */
public record CompiledQuery(
        Query query,
        TimeRange.@Nullable Between range,
        @Nullable Long version,
        List<ColumnInfo> columns,
        Plan plan) {

    public CompiledQuery {
        columns = List.copyOf(columns);
    }

    /**
     * The state that the answer is of.
     *
     * @param found by the engine
     * @param covered the same, of the range alone
     * @throws ProblemException where the data has not come to that version
     */
    public DatasetState stateOf(DatasetState found, DatasetState covered) {
        if (version == null) {
            return covered;
        }
        if (version > found.dataVersion()) {
            throw new ProblemException(Unprocessable.at(
                    "/as_of",
                    Reason.INVALID_QUERY,
                    "The data has not come to that version; it is at dv_%d".formatted(found.dataVersion())));
        }
        return covered.at(version);
    }

    public boolean hasTotals() {
        return plan.statements().size() > 1;
    }
}
