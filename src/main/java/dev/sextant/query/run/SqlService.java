package dev.sextant.query.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.datasets.Dataset;
import dev.sextant.datasets.DatasetCatalog;
import dev.sextant.engine.Answer;
import dev.sextant.engine.DatasetState;
import dev.sextant.engine.OlapEngine;
import dev.sextant.engine.RunHandle;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.budget.CostRule;
import dev.sextant.query.cache.CacheStatus;
import dev.sextant.query.cache.DataVersions;
import dev.sextant.query.cache.Effort;
import dev.sextant.query.cache.Flights;
import dev.sextant.query.cache.SqlCache;
import dev.sextant.query.cache.SqlTable;
import dev.sextant.query.cache.SqlWriter;
import dev.sextant.query.compile.CompiledSql;
import dev.sextant.query.compile.SqlCompiler;
import dev.sextant.query.model.DatasetModel;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers SQL over all datasets that the caller may read. Safe for all threads; costs CPU: for worker threads. */
public final class SqlService {

    /** As a part of what other answers may take in memory. */
    private static final int CACHE_PART = 4;

    private final DatasetCatalog catalog;
    private final OlapEngine engine;
    private final SqlCompiler compiler;
    private final DataVersions versions;
    private final SqlCache cache;
    private final Flights<SqlCache.Key, SqlAnswer> flights = new Flights<>();
    private final Duration patience;

    public SqlService(DatasetCatalog catalog, OlapEngine engine, DataVersions versions, QueryConfig config) {
        this.catalog = catalog;
        this.engine = engine;
        this.versions = versions;
        this.cache = new SqlCache(config.cacheBytesMax() / CACHE_PART);
        this.compiler = new SqlCompiler(config.preparedBytesMax(), engine.dialect());
        this.patience = config.patience();
    }

    /**
     * Answers one statement: from the cache, or by the engine, once for all who ask the same meanwhile.
     *
     * @param parameters the values of its {@code ?} marks
     * @param limit how many rows are wanted at most
     * @param hungUp completes when nobody waits any more: the engine stops, where nobody else waits for the same
     */
    public Future<SqlAnswer> ask(Origin origin, String sql, List<JsonNode> parameters, int limit, Future<Void> hungUp) {
        TenantId tenant = origin.tenant();
        Flights.Waiter waiter = new Flights.Waiter(origin.deadline(), hungUp);
        return catalog.all(origin.principal())
                .map(datasets -> compiler.compile(tenant, models(datasets), sql, parameters, limit))
                .compose(compiled -> states(
                                tenant,
                                compiled.datasets(),
                                (owner, dataset) -> versions.knownOr(owner, dataset, engine::state))
                        .compose(states -> answer(tenant, compiled, states, waiter)));
    }

    private Future<SqlAnswer> answer(
            TenantId tenant, CompiledSql compiled, Map<String, DatasetState> states, Flights.Waiter waiter) {
        SqlCache.Key key = new SqlCache.Key(tenant, columns(compiled), compiled.plan(), versions(states));
        return cache.find(key)
                .map(kept -> Future.succeededFuture(new SqlAnswer(
                        compiled.datasets(), kept.json(), CacheStatus.HIT, together(states), kept.effort())))
                .orElseGet(() -> flights.join(key, waiter, handle -> run(key, compiled, handle)));
    }

    private Future<SqlAnswer> run(SqlCache.Key key, CompiledSql compiled, RunHandle handle) {
        return engine.run(key.tenant(), compiled.plan(), Deadline.in(patience), handle)
                .compose(found -> states(
                                key.tenant(),
                                compiled.datasets(),
                                (tenant, dataset) -> state(found, compiled, tenant, dataset))
                        .map(states -> made(key, compiled, found, states)));
    }

    /** Of one dataset it is known what was read; of one among several, how far it is afterwards. */
    private Future<DatasetState> state(Answer found, CompiledSql compiled, TenantId tenant, String dataset) {
        return compiled.datasets().size() == 1 ? Future.succeededFuture(found.state()) : engine.state(tenant, dataset);
    }

    /** An answer of several datasets is kept where none of them changed meanwhile. */
    private SqlAnswer made(SqlCache.Key key, CompiledSql compiled, Answer found, Map<String, DatasetState> states) {
        SqlTable table = table(compiled, found);
        DatasetState together = together(states);
        long units = CostRule.units(together.rows());
        Effort effort = new Effort(together.rows(), units, units, found.queueNanos());
        SqlCache.Kept made = new SqlCache.Kept(SqlWriter.write(table), effort);
        if (states.size() == 1 || versions(states).equals(key.datasetToVersion())) {
            cache.put(key.at(versions(states)), made);
        }
        return new SqlAnswer(compiled.datasets(), made.json(), CacheStatus.MISS, together, effort);
    }

    private static Map<String, DatasetModel> models(List<Dataset> datasets) {
        return datasets.stream().collect(Collectors.toMap(Dataset::name, Dataset::model));
    }

    private Future<Map<String, DatasetState>> states(
            TenantId tenant, List<String> datasets, BiFunction<TenantId, String, Future<DatasetState>> one) {
        Map<String, Future<DatasetState>> asked = new TreeMap<>();
        datasets.forEach(dataset -> asked.put(dataset, one.apply(tenant, dataset)));
        return Future.all(List.copyOf(asked.values()))
                .map(_ -> asked.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, state -> state.getValue().result())));
    }

    private static Map<String, Long> versions(Map<String, DatasetState> states) {
        return states.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, state -> state.getValue().dataVersion()));
    }

    private static DatasetState together(Map<String, DatasetState> states) {
        return states.size() == 1
                ? states.values().iterator().next()
                : new DatasetState(
                        0,
                        states.values().stream().mapToLong(DatasetState::rows).sum(),
                        earliest(states.values().stream().map(DatasetState::watermark)),
                        earliest(states.values().stream().map(DatasetState::committedAt)));
    }

    private static @Nullable Instant earliest(Stream<@Nullable Instant> instants) {
        return instants.filter(Objects::nonNull).min(Comparator.naturalOrder()).orElse(null);
    }

    private static List<SqlTable.Column> columns(CompiledSql compiled) {
        return compiled.columns().stream()
                .map(column -> new SqlTable.Column(column.name(), column.type()))
                .toList();
    }

    private static SqlTable table(CompiledSql compiled, Answer found) {
        List<List<@Nullable Object>> all = found.results().getFirst();
        boolean hasMore = all.size() > compiled.limit();
        return new SqlTable(
                compiled.datasets(),
                compiled.datasets().size() == 1 ? found.state().dataVersion() : null,
                columns(compiled),
                hasMore ? List.copyOf(all.subList(0, compiled.limit())) : all,
                hasMore,
                compiled.exact());
    }
}
