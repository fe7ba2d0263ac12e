package dev.sextant.query.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.datasets.Dataset;
import dev.sextant.datasets.DatasetCatalog;
import dev.sextant.engine.Answer;
import dev.sextant.engine.FieldType;
import dev.sextant.engine.OlapEngine;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.compile.CompiledSql;
import dev.sextant.query.compile.SqlCompiler;
import dev.sextant.query.model.DatasetModel;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers SQL over all datasets of a tenant. Safe for all threads; costs CPU: for worker threads. */
public final class SqlService {

    /**
     * What a statement yielded.
     *
     * @param dataVersion of the one dataset that was read; null where there are several
     * @param rows values in the order of {@code columns}, in the form that {@link FieldType} says
     * @param hasMore whether there are more rows than were wanted
     */
    public record SqlTable(
            List<String> datasets,
            @Nullable Long dataVersion,
            List<Column> columns,
            List<List<@Nullable Object>> rows,
            boolean hasMore,
            boolean exact) {}

    public record Column(String name, FieldType type) {}

    private final DatasetCatalog catalog;
    private final OlapEngine engine;
    private final SqlCompiler compiler;
    private final Duration patience;

    public SqlService(DatasetCatalog catalog, OlapEngine engine, QueryConfig config) {
        this.catalog = catalog;
        this.engine = engine;
        this.compiler = new SqlCompiler(config.preparedBytesMax());
        this.patience = config.patience();
    }

    /**
     * Runs one statement.
     *
     * @param parameters the values of its {@code ?} marks
     * @param limit how many rows are wanted at most
     */
    public Future<SqlTable> ask(TenantId tenant, String sql, List<JsonNode> parameters, int limit) {
        return catalog.all(tenant)
                .map(datasets -> compiler.compile(tenant, models(datasets), sql, parameters, limit))
                .compose(compiled -> engine.run(tenant, compiled.plan(), Deadline.in(patience))
                        .map(answer -> table(compiled, answer)));
    }

    private static Map<String, DatasetModel> models(List<Dataset> datasets) {
        return datasets.stream().collect(Collectors.toMap(Dataset::name, Dataset::model));
    }

    private static SqlTable table(CompiledSql compiled, Answer answer) {
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
                compiled.exact());
    }
}
