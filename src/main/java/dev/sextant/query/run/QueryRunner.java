package dev.sextant.query.run;

import dev.sextant.datasets.Dataset;
import dev.sextant.engine.Answer;
import dev.sextant.engine.DatasetState;
import dev.sextant.engine.OlapEngine;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.cache.CacheStatus;
import dev.sextant.query.cache.Covered;
import dev.sextant.query.cache.ResultKey;
import dev.sextant.query.cache.ResultTable;
import dev.sextant.query.compile.CompiledQuery;
import dev.sextant.query.compile.QueryCompiler;
import dev.sextant.query.model.Measure;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.TimeRange.Between;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compiles a query, and has the engine run it. Safe for all threads. */
public final class QueryRunner {

    private final QueryCompiler compiler;
    private final OlapEngine engine;
    private final Duration patience;

    public QueryRunner(QueryCompiler compiler, OlapEngine engine, QueryConfig config) {
        this.compiler = compiler;
        this.engine = engine;
        this.patience = config.patience();
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
     */
    Future<Fresh> run(ResultKey key, Dataset dataset, Query asked) {
        Between range = (Between) key.query().timeRange();
        CompiledQuery compiled = compiler.compile(key.tenant(), asked, range, dataset.model());
        return engine.run(key.tenant(), compiled.plan(), Deadline.in(patience))
                .map(answer -> new Fresh(table(key, compiled, answer, dataset), answer.state(), CacheStatus.MISS));
    }

    private ResultTable table(ResultKey key, CompiledQuery compiled, Answer answer, Dataset dataset) {
        List<List<@Nullable Object>> all = answer.results().getFirst();
        int limit = compiled.query().limit();
        boolean hasMore = all.size() > limit;
        List<List<@Nullable Object>> rows = hasMore ? List.copyOf(all.subList(0, limit)) : all;
        return new ResultTable(
                Covered.state(answer.state(), compiled.range()),
                compiled.range(),
                compiled.columns(),
                rows,
                totals(compiled, answer, rows),
                hasMore ? compiler.cursorAfter(key.tenant(), compiled, rows.getLast()) : null,
                isExact(compiled.query(), dataset));
    }

    /** Whether no measure of the query is a sketch. */
    public static boolean isExact(Query query, Dataset dataset) {
        return query.measures().stream().allMatch(measure -> isExact(measure, dataset));
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

    private static boolean isExact(Measure measure, Dataset dataset) {
        return switch (measure) {
            case Measure.Aggregate aggregate -> aggregate.exact();
            case Measure.Ratio ratio ->
                ratio.dividend().exact() && ratio.divisor().exact();
            case Measure.Named named ->
                dataset.model()
                        .measure(named.measure())
                        .map(meant -> isExact(meant.definition(), dataset))
                        .orElse(true);
        };
    }
}
