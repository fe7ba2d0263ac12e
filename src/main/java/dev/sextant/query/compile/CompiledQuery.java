package dev.sextant.query.compile;

import dev.sextant.engine.DatasetState;
import dev.sextant.engine.Plan;
import dev.sextant.kernel.Principal.PolicyFingerprint;
import dev.sextant.kernel.Problem.Unprocessable;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.kernel.ProblemException;
import dev.sextant.query.model.ColumnInfo;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.TimeRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A query that an engine can run. Made by {@link QueryCompiler}. */
public final class CompiledQuery {

    private final Query query;
    private final TimeRange.@Nullable Between range;
    private final @Nullable Long version;
    private final PolicyFingerprint sight;
    private final List<ColumnInfo> columns;
    private final Plan plan;
    private final Shape shape;

    CompiledQuery(Question question, List<ColumnInfo> columns, Plan plan, Shape shape) {
        this.query = question.query();
        this.range = question.range();
        this.version = question.version();
        this.sight = question.sight();
        this.columns = List.copyOf(columns);
        this.plan = plan;
        this.shape = shape;
    }

    /**
     * What is asked.
     *
     * @param version of the data that it looks at; null for the latest there is when it runs
     * @param sight what the caller may see
     */
    record Question(
            Query query,
            TimeRange.@Nullable Between range,
            @Nullable Long version,
            PolicyFingerprint sight) {}

    /** As it was asked. */
    public Query query() {
        return query;
    }

    /** That it looks at; null for all time. */
    public TimeRange.@Nullable Between range() {
        return range;
    }

    /** The version of the data that it looks at; null for the latest there is when it runs. */
    public @Nullable Long version() {
        return version;
    }

    /** What the caller may see. */
    PolicyFingerprint sight() {
        return sight;
    }

    /** The period that is compared with; null where there is none. */
    public TimeRange.@Nullable Between compared() {
        return query.over(range).comparedRange();
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

    /** Whether the measures over all rows are asked by a statement of their own, the second. */
    public boolean hasTotals() {
        return Statements.hasTotals(shape);
    }

    /** Of the rows that are shown. */
    public List<ColumnInfo> columns() {
        return columns;
    }

    /**
     * Its first statement yields the rows, in order, and one more than {@code query().limit()} where there are more; on the
     * first page, what subtotals there are come before them. Rows may have further columns than are shown.
     */
    public Plan plan() {
        return plan;
    }

    /**
     * Takes the engine's answer apart.
     *
     * @param results one for each statement of the plan
     * @throws dev.sextant.kernel.ProblemException {@code LimitExceeded} where there are more subtotals or gaps than may be
     */
    public Sheet read(List<List<List<@Nullable Object>>> results) {
        return new SheetReader(query.over(range), columns, shape, results).read();
    }
}
