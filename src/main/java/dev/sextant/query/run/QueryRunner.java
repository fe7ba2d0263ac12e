package dev.sextant.query.run;

import dev.sextant.datasets.Dataset;
import dev.sextant.engine.Answer;
import dev.sextant.engine.DatasetState;
import dev.sextant.engine.OlapEngine;
import dev.sextant.engine.RunHandle;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.budget.Quote;
import dev.sextant.query.budget.Sketches;
import dev.sextant.query.cache.CacheStatus;
import dev.sextant.query.cache.Covered;
import dev.sextant.query.cache.Effort;
import dev.sextant.query.cache.PieceCache;
import dev.sextant.query.cache.ResultKey;
import dev.sextant.query.cache.ResultTable;
import dev.sextant.query.cache.SharedAnswer;
import dev.sextant.query.compile.CompiledQuery;
import dev.sextant.query.compile.Explanation;
import dev.sextant.query.compile.QueryCompiler;
import dev.sextant.query.compile.Sheet;
import dev.sextant.query.model.ColumnInfo;
import dev.sextant.query.model.Columns;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.ErrorBound;
import dev.sextant.query.model.Navigation;
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
        this.splits = new SplitRunner(compiler, engine, pieces, config);
        this.compiler = compiler;
        this.engine = engine;
        this.patience = config.patience();
    }

    /** What a query would take now. */
    Quote quote(Dataset dataset, Query resolved, DatasetState known) {
        Served served = choice(dataset, resolved, known).served();
        return quotes.quote(resolved, Quotes.rows(resolved, known, served), dataset.model());
    }

    /** How many rows would be read now, at most: what is there of it already is not. */
    long rowsLeft(ResultKey key, Dataset dataset, DatasetState known) {
        long all = quote(dataset, key.query(), known).rows();
        return choice(dataset, key.query(), known).served() == null
                ? splits.rowsLeft(key, dataset, known).orElse(all)
                : all;
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
     * @param handle cancelled when the last of those callers has gone
     */
    Future<Fresh> run(ResultKey key, Dataset dataset, Query asked, DatasetState state, RunHandle handle) {
        if (choice(dataset, key.query(), state).served() != null) {
            return whole(key, dataset, asked, state, handle);
        }
        return splits.run(key, dataset, asked, state, handle)
                .compose(fresh ->
                        fresh.map(Future::succeededFuture).orElseGet(() -> whole(key, dataset, asked, state, handle)));
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
                        null,
                        columns,
                        page.rows(),
                        null,
                        page.totals(key.query()),
                        page.hasMore() ? cursor(key, dataset, asked, page, answer.state()) : null,
                        true,
                        null));
    }

    /** A shared answer as a table again: what is not in it follows from the key and the model. */
    Fresh restored(ResultKey key, Dataset dataset, DatasetState state, SharedAnswer answer) {
        Query query = key.query();
        DatasetModel model = dataset.model();
        List<ErrorBound> errors = Sketches.bounds(query, model);
        DatasetState covered = Covered.state(state, (Between) query.timeRange(), query.comparedRange());
        ResultTable table = new ResultTable(
                query.asOf() == null ? covered : covered.at(query.asOf()),
                (Between) query.timeRange(),
                query.comparedRange(),
                Columns.of(query, model),
                answer.rows(),
                answer.subtotals(),
                answer.totals(),
                answer.nextCursor(),
                errors.isEmpty(),
                query.navigate() ? Navigation.of(query, model) : null);
        return new Fresh(table, state, CacheStatus.HIT, answer.effort(), errors, Quotes.plan(query, model));
    }

    private String cursor(ResultKey key, Dataset dataset, Query asked, Whole page, DatasetState state) {
        Between range = (Between) key.query().timeRange();
        CompiledQuery compiled = compiler.compile(key.tenant(), asked, range, dataset.model());
        return compiler.cursorAfter(key.tenant(), compiled, page.rows().getLast(), state.dataVersion());
    }

    private Future<Fresh> whole(ResultKey key, Dataset dataset, Query asked, DatasetState known, RunHandle handle) {
        return alone(key, dataset, asked, known, new Run(Deadline.in(patience), handle));
    }

    /** Runs a query in one piece, for as long as {@code run} says. */
    Future<Fresh> alone(ResultKey key, Dataset dataset, Query asked, DatasetState known, Run run) {
        Between range = (Between) key.query().timeRange();
        Served served = choice(dataset, asked.over(range), known).served();
        if (served == null) {
            return run(key, dataset, events(key, dataset, asked), null, run);
        }
        CompiledQuery rollup = compiler.compile(key.tenant(), asked, range, dataset.model(), served);
        return run(key, dataset, rollup, served, run)
                .map(fresh -> fresh.by(served.plan()))
                .recover(failure -> engine.state(key.tenant(), dataset.name())
                        .compose(state -> isGone(served, state)
                                ? run(key, dataset, events(key, dataset, asked), null, run)
                                : Future.failedFuture(failure)));
    }

    private CompiledQuery events(ResultKey key, Dataset dataset, Query asked) {
        return compiler.compile(key.tenant(), asked, (Between) key.query().timeRange(), dataset.model());
    }

    /** @param served by the rollup that {@code compiled} reads; null where it reads the events */
    private Future<Fresh> run(
            ResultKey key, Dataset dataset, CompiledQuery compiled, @Nullable Served served, Run run) {
        long startedNanos = System.nanoTime();
        return engine.run(key.tenant(), compiled.plan(), run.deadline(), run.handle())
                .map(answer -> {
                    long rows = Quotes.rows(key.query(), answer.state(), served);
                    long nanos = System.nanoTime() - startedNanos;
                    return fresh(
                            key,
                            compiled,
                            answer,
                            dataset,
                            quotes.effort(key.query(), answer, dataset.model(), rows, nanos));
                });
    }

    /** The rollup may have been dropped since it was chosen. */
    private static boolean isGone(Served served, DatasetState state) {
        return !state.rollupToRows().containsKey(served.rollup().name());
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

    private Fresh fresh(ResultKey key, CompiledQuery compiled, Answer answer, Dataset dataset, Effort effort) {
        Query query = key.query();
        List<ErrorBound> errors = Sketches.bounds(query, dataset.model());
        return new Fresh(
                table(key, compiled, answer, dataset.model()),
                answer.state(),
                CacheStatus.MISS,
                effort,
                errors,
                Quotes.plan(query, dataset.model()));
    }

    private ResultTable table(ResultKey key, CompiledQuery compiled, Answer answer, DatasetModel model) {
        Sheet sheet = compiled.read(answer.results());
        DatasetState covered = Covered.state(answer.state(), compiled.range(), compiled.compared());
        DatasetState state = compiled.stateOf(answer.state(), covered);
        return new ResultTable(
                state,
                compiled.range(),
                compiled.compared(),
                compiled.columns(),
                sheet.rows(),
                sheet.subtotals(),
                sheet.totals(),
                sheet.last() == null
                        ? null
                        : compiler.cursorAfter(key.tenant(), compiled, sheet.last(), state.dataVersion()),
                Sketches.bounds(key.query(), model).isEmpty(),
                key.query().navigate() ? Navigation.of(key.query(), model) : null);
    }
}
