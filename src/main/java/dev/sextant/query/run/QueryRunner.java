package dev.sextant.query.run;

import dev.sextant.datasets.Dataset;
import dev.sextant.engine.Answer;
import dev.sextant.engine.DatasetState;
import dev.sextant.engine.OlapEngine;
import dev.sextant.engine.RunHandle;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.budget.Sketches;
import dev.sextant.query.cache.CacheStatus;
import dev.sextant.query.cache.Covered;
import dev.sextant.query.cache.Effort;
import dev.sextant.query.cache.PieceCache;
import dev.sextant.query.cache.ResultKey;
import dev.sextant.query.cache.ResultTable;
import dev.sextant.query.compile.CompiledQuery;
import dev.sextant.query.compile.Explanation;
import dev.sextant.query.compile.QueryCompiler;
import dev.sextant.query.model.ColumnInfo;
import dev.sextant.query.model.Columns;
import dev.sextant.query.model.ErrorBound;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.TimeRange.Between;
import dev.sextant.query.rollup.RollupChoice;
import dev.sextant.query.rollup.Served;
import dev.sextant.query.split.RollUp;
import dev.sextant.query.split.Whole;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compiles a query, and has the engine run it. Safe for all threads. */
public final class QueryRunner {

    private final SplitRunner splits;
    private final QueryCompiler compiler;
    private final OlapEngine engine;
    private final Duration patience;
    private final Quotes quotes = new Quotes();

    public QueryRunner(QueryCompiler compiler, OlapEngine engine, PieceCache pieces, QueryConfig config) {
        this.splits = new SplitRunner(compiler, engine, pieces, config, quotes);
        this.compiler = compiler;
        this.engine = engine;
        this.patience = config.patience();
    }

    Quotes quotes() {
        return quotes;
    }

    /** What is made of a query. Costs CPU. */
    Explanation explain(TenantId tenant, Dataset dataset, Query asked, Query resolved, DatasetState known) {
        return compiler.explain(
                tenant, asked, (Between) resolved.timeRange(), dataset.model(), choice(dataset, resolved, known));
    }

    /** The range that the pages before looked at, where there were any. */
    Optional<Between> earlierRange(TenantId tenant, Query query) {
        return compiler.earlierRange(tenant, query);
    }

    Future<DatasetState> state(TenantId tenant, String dataset) {
        return engine.state(tenant, dataset);
    }

    /**
     * Runs a query. Whoever else waits for the same answer may have more time than who asked first: the engine gets the
     * patience of the configuration, and each caller waits for as long as it likes.
     *
     * @param key whose version the data may be ahead of
     * @param asked the query before its range was resolved: cursors are for that one
     * @param state of the dataset as it is known
     */
    Future<Fresh> run(ResultKey key, Dataset dataset, Query asked, DatasetState state) {
        return splits.run(key, dataset, asked, state)
                .compose(
                        fresh -> fresh.map(Future::succeededFuture).orElseGet(() -> whole(key, dataset, asked, state)));
    }

    /**
     * The answer as it follows from that of a finer query; empty where it does not.
     *
     * @param fine looks at what {@code key} looks at
     */
    Optional<ResultTable> rolledUp(ResultKey key, Dataset dataset, Query asked, ResultKey fine, ResultTable answer) {
        List<ColumnInfo> columns = Columns.of(key.query(), dataset.model());
        return RollUp.of(key.query(), fine.query(), answer, dataset.model(), columns)
                .map(page -> new ResultTable(
                        answer.state(),
                        answer.range(),
                        columns,
                        page.rows(),
                        page.totals(key.query()),
                        page.hasMore()
                                ? cursor(
                                        key,
                                        dataset,
                                        asked,
                                        page,
                                        answer.state().dataVersion())
                                : null,
                        true));
    }

    private String cursor(ResultKey key, Dataset dataset, Query asked, Whole page, long version) {
        Between range = (Between) key.query().timeRange();
        CompiledQuery compiled = compiler.compile(key.tenant(), asked, range, dataset.model());
        return compiler.cursorAfter(key.tenant(), compiled, page.rows().getLast(), version);
    }

    private Future<Fresh> whole(ResultKey key, Dataset dataset, Query asked, DatasetState known) {
        return alone(key, dataset, asked, known, new Run(Deadline.in(patience), new RunHandle()));
    }

    /** Runs a query in one piece, for as long as {@code run} says. */
    Future<Fresh> alone(ResultKey key, Dataset dataset, Query asked, DatasetState known, Run run) {
        Between range = (Between) key.query().timeRange();
        Served served = choice(dataset, asked.over(range), known).served();
        CompiledQuery events = compiler.compile(key.tenant(), asked, range, dataset.model());
        Future<Fresh> answer = run(
                key,
                dataset,
                served == null ? events : compiler.compile(key.tenant(), asked, range, dataset.model(), served),
                run);
        return served == null
                ? answer
                : answer.map(fresh -> fresh.by(served.plan()))
                        .recover(failure ->
                                isFault(failure) ? run(key, dataset, events, run) : Future.failedFuture(failure));
    }

    private Future<Fresh> run(ResultKey key, Dataset dataset, CompiledQuery compiled, Run run) {
        long startedNanos = System.nanoTime();
        return engine.run(key.tenant(), compiled.plan(), run.deadline(), run.handle())
                .map(answer -> fresh(key, compiled, answer, dataset, startedNanos));
    }

    /** The rollup may have been dropped since it was chosen. */
    private static boolean isFault(Throwable failure) {
        return failure instanceof ProblemException known && known.problem() instanceof Problem.Fault;
    }

    /**
     * What is read to answer.
     *
     * @param resolved the query with its range resolved
     */
    RollupChoice choice(Dataset dataset, Query resolved, DatasetState known) {
        return dataset.rollups().isEmpty()
                ? RollupChoice.NONE
                : RollupChoice.of(resolved, dataset.model(), dataset.rollups(), known.rollupToRows());
    }

    private Fresh fresh(ResultKey key, CompiledQuery compiled, Answer answer, Dataset dataset, long startedNanos) {
        Query query = key.query();
        List<ErrorBound> errors = Sketches.bounds(query, dataset.model());
        Effort effort = quotes.effort(query, answer, dataset.model(), System.nanoTime() - startedNanos);
        return new Fresh(
                table(key, compiled, answer, errors.isEmpty()),
                answer.state(),
                CacheStatus.MISS,
                effort,
                errors,
                Quotes.plan(query, dataset.model()));
    }

    private ResultTable table(ResultKey key, CompiledQuery compiled, Answer answer, boolean exact) {
        List<List<@Nullable Object>> all = answer.results().getFirst();
        int limit = compiled.query().limit();
        boolean hasMore = all.size() > limit;
        List<List<@Nullable Object>> rows = hasMore ? List.copyOf(all.subList(0, limit)) : all;
        DatasetState state = compiled.stateOf(answer.state(), Covered.state(answer.state(), compiled.range()));
        return new ResultTable(
                state,
                compiled.range(),
                compiled.columns(),
                rows,
                totals(compiled, answer, rows),
                hasMore ? compiler.cursorAfter(key.tenant(), compiled, rows.getLast(), state.dataVersion()) : null,
                exact);
    }

    /** Without dimensions, the one row is its own total. */
    private static @Nullable List<@Nullable Object> totals(
            CompiledQuery compiled, Answer answer, List<List<@Nullable Object>> rows) {
        if (compiled.hasTotals()) {
            return answer.results().getLast().getFirst();
        }
        boolean isOwnTotal =
                compiled.query().totals() && compiled.query().dimensions().isEmpty() && !rows.isEmpty();
        return isOwnTotal ? rows.getFirst() : null;
    }
}
