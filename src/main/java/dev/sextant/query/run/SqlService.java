package dev.sextant.query.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.datasets.Dataset;
import dev.sextant.datasets.DatasetCatalog;
import dev.sextant.engine.Answer;
import dev.sextant.engine.DatasetState;
import dev.sextant.engine.FieldType;
import dev.sextant.engine.OlapEngine;
import dev.sextant.engine.RunHandle;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.budget.CostRule;
import dev.sextant.query.cache.CacheStatus;
import dev.sextant.query.cache.Effort;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers SQL over all datasets that the caller may read. Safe for all threads; costs CPU: for worker threads. */
public final class SqlService {

    /**
     * What a statement yielded.
     *
     * @param dataVersion of the one dataset that was read; null where there are several
     * @param rows values in the order of {@code columns}, in the form that {@link FieldType} says
     * @param hasMore whether there are more rows than were wanted
     * @param state of the datasets together: the earliest of their watermarks and commits
     */
    public record SqlTable(
            List<String> datasets,
            @Nullable Long dataVersion,
            List<Column> columns,
            List<List<@Nullable Object>> rows,
            boolean hasMore,
            boolean exact,
            DatasetState state,
            Effort effort) {

        /** The envelope of a statement that was run just now. */
        public Meta meta(String queryId, long startedNanos, Instant now) {
            return new Meta(queryId, startedNanos, now, CacheStatus.MISS, effort, state, false);
        }
    }

    public record Column(String name, FieldType type) {}

    private final DatasetCatalog catalog;
    private final OlapEngine engine;
    private final SqlCompiler compiler;
    private final Duration patience;

    public SqlService(DatasetCatalog catalog, OlapEngine engine, QueryConfig config) {
        this.catalog = catalog;
        this.engine = engine;
        this.compiler = new SqlCompiler(config.preparedBytesMax(), engine.dialect());
        this.patience = config.patience();
    }

    /**
     * Runs one statement.
     *
     * @param parameters the values of its {@code ?} marks
     * @param limit how many rows are wanted at most
     * @param handle stops it
     */
    public Future<SqlTable> ask(Principal who, String sql, List<JsonNode> parameters, int limit, RunHandle handle) {
        TenantId tenant = who.tenant();
        return catalog.all(who)
                .map(datasets -> compiler.compile(tenant, models(datasets), sql, parameters, limit))
                .compose(compiled -> engine.run(tenant, compiled.plan(), Deadline.in(patience), handle)
                        .compose(answer ->
                                state(tenant, compiled, answer).map(state -> table(compiled, answer, state))));
    }

    private static Map<String, DatasetModel> models(List<Dataset> datasets) {
        return datasets.stream().collect(Collectors.toMap(Dataset::name, Dataset::model));
    }

    private Future<DatasetState> state(TenantId tenant, CompiledSql compiled, Answer answer) {
        if (compiled.datasets().size() == 1) {
            return Future.succeededFuture(answer.state());
        }
        return Future.all(compiled.datasets().stream()
                        .map(dataset -> engine.state(tenant, dataset))
                        .toList())
                .map(all -> together(all.list()));
    }

    private static DatasetState together(List<DatasetState> states) {
        return new DatasetState(
                0,
                states.stream().mapToLong(DatasetState::rows).sum(),
                earliest(states.stream().map(DatasetState::watermark)),
                earliest(states.stream().map(DatasetState::committedAt)));
    }

    private static @Nullable Instant earliest(Stream<@Nullable Instant> instants) {
        return instants.filter(Objects::nonNull).min(Comparator.naturalOrder()).orElse(null);
    }

    private static SqlTable table(CompiledSql compiled, Answer answer, DatasetState state) {
        List<List<@Nullable Object>> all = answer.results().getFirst();
        boolean hasMore = all.size() > compiled.limit();
        return new SqlTable(
                compiled.datasets(),
                compiled.datasets().size() == 1 ? answer.state().dataVersion() : null,
                compiled.columns().stream()
                        .map(column -> new Column(column.name(), column.type()))
                        .toList(),
                hasMore ? List.copyOf(all.subList(0, compiled.limit())) : all,
                hasMore,
                compiled.exact(),
                state,
                new Effort(
                        state.rows(), CostRule.units(state.rows()), CostRule.units(state.rows()), answer.queueNanos()));
    }
}
