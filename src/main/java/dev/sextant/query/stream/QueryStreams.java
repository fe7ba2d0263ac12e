package dev.sextant.query.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.datasets.Dataset;
import dev.sextant.datasets.DatasetCatalog;
import dev.sextant.engine.OlapEngine;
import dev.sextant.engine.Plan;
import dev.sextant.engine.RowFiles.RowFile;
import dev.sextant.engine.RowStream;
import dev.sextant.engine.RunHandle;
import dev.sextant.engine.Table;
import dev.sextant.http.ByteSource;
import dev.sextant.http.PulledBytes;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Problem.Unprocessable;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.kernel.ProblemException;
import dev.sextant.query.budget.CostRule;
import dev.sextant.query.budget.Sketches;
import dev.sextant.query.budget.Terms;
import dev.sextant.query.compile.CompiledQuery;
import dev.sextant.query.compile.QueryCompiler;
import dev.sextant.query.model.ColumnInfo;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.QueryReader;
import dev.sextant.query.model.TimeRange.Between;
import dev.sextant.query.run.TimeRanges;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers queries with all of their rows, as a stream of bytes. Safe for all threads. */
public final class QueryStreams {

    /** What a stream has without a {@code limit}. */
    public static final int ROWS_MAX = Integer.MAX_VALUE - 1;

    private final DatasetCatalog catalog;
    private final QueryCompiler compiler;
    private final OlapEngine engine;
    private final StreamConfig config;
    private final InstantSource clock;

    public QueryStreams(
            DatasetCatalog catalog,
            QueryCompiler compiler,
            OlapEngine engine,
            StreamConfig config,
            InstantSource clock) {
        this.catalog = catalog;
        this.compiler = compiler;
        this.engine = engine;
        this.config = config;
        this.clock = clock;
    }

    /** Opens a stream. Costs CPU: for worker threads. What can be refused is refused before it begins. */
    Future<ResultStream> open(AskStream question, Origin origin) {
        JsonNode name = question.body().path("dataset");
        Future<Dataset> dataset = name.isTextual()
                ? catalog.find(origin.principal(), name.textValue())
                : catalog.findDefault(origin.principal());
        return dataset.compose(found -> open(question, origin, found));
    }

    private Future<ResultStream> open(AskStream question, Origin origin, Dataset dataset) {
        Query query = read(question.body(), dataset);
        CompiledQuery compiled = compiler.compile(origin.tenant(), query, range(origin, query), dataset.model());
        List<Plan.Statement> rows = List.of(compiled.plan().statements().getFirst());
        RunHandle handle = new RunHandle();
        question.hungUp().onSuccess(_ -> handle.cancel());
        return engine.stream(
                        origin.tenant(),
                        new Plan(dataset.name(), rows, ROWS_MAX),
                        Deadline.in(config.patience()),
                        handle)
                .map(stream -> new ShownRows(stream, compiled.columns().size()))
                .compose(stream -> begin(question.format(), stream, new Asked(origin, compiled, dataset)))
                .onSuccess(stream -> question.hungUp().onSuccess(_ -> stream.close()));
    }

    /** What was asked, by whom. */
    private record Asked(Origin origin, CompiledQuery compiled, Dataset dataset) {

        StreamMeta meta(RowStream rows) {
            return new StreamMeta(
                    "qry_" + origin.trace().spanId(),
                    "dv_" + compiled.stateOf(rows.state(), rows.state()).dataVersion(),
                    compiled.range(),
                    rows.rows(),
                    Sketches.bounds(compiled.query(), dataset.model()).isEmpty(),
                    rows.state().watermark(),
                    Math.round(rows.queueNanos() / 10_000.0) / 100.0,
                    CostRule.units(rows.state().rows(), compiled.query(), dataset.model()));
        }
    }

    private Future<ResultStream> begin(StreamFormat format, RowStream rows, Asked asked) {
        return Future.succeededFuture(asked)
                .compose(_ -> formatted(format, rows, asked))
                .onFailure(_ -> rows.close());
    }

    private Future<ResultStream> formatted(StreamFormat format, RowStream rows, Asked asked) {
        StreamMeta meta = asked.meta(rows);
        List<ColumnInfo> columns = asked.compiled().columns();
        String dataset = asked.dataset().name();
        return switch (format) {
            case NDJSON -> begun(dataset, format, meta, new EncodedRows(rows, new NdjsonEncoder(columns, meta)));
            case CSV -> begun(dataset, format, meta, new EncodedRows(rows, new CsvEncoder(columns)));
            case PARQUET -> parquet(rows, asked).map(file -> result(dataset, format, meta, new FileBytes(file)));
        };
    }

    private static Future<ResultStream> begun(String dataset, StreamFormat format, StreamMeta meta, ByteSource bytes) {
        return Future.succeededFuture(result(dataset, format, meta, bytes));
    }

    private static ResultStream result(String dataset, StreamFormat format, StreamMeta meta, ByteSource bytes) {
        Map<String, String> headers = Map.of(
                "content-type",
                format.contentType(),
                "data-version",
                meta.dataVersion(),
                "server-timing",
                "queue;dur=" + meta.queueMs());
        return new ResultStream(dataset, headers, meta.units(), new PulledBytes(bytes));
    }

    /** A file with all rows: a file of Parquet is not read before its end is written. */
    private Future<RowFile> parquet(RowStream rows, Asked asked) {
        List<Table.Column> columns = asked.compiled().columns().stream()
                .map(column -> new Table.Column(column.name(), column.type()))
                .toList();
        return engine.files()
                .parquet(columns)
                .compose(file -> RowCopy.run(rows, file).map(file));
    }

    /** A stream has as many rows as there are, or as the caller wants: a page's limits are not for it. */
    private static Query read(JsonNode body, Dataset dataset) {
        if (Terms.areIn(body)) {
            throw new ProblemException(Unprocessable.at(
                    "",
                    Reason.NOT_SUPPORTED,
                    "'dry_run', 'explain' and 'budget' are answered as application/json only"));
        }
        ObjectNode pageless = body.deepCopy();
        JsonNode limit = pageless.remove("limit");
        Query query = QueryReader.read(pageless, dataset.name(), dataset.model());
        refuseWhatIsNoTable(query);
        return query.toBuilder()
                .limit((limit == null ? ROWS_MAX : limit(limit)) - 1) // the plan looks for one more
                .totals(false)
                .build();
    }

    private static int limit(JsonNode limit) {
        if (!limit.isIntegralNumber() || !limit.canConvertToInt() || limit.intValue() < 1) {
            throw new ProblemException(
                    Unprocessable.at("/limit", Reason.INVALID_QUERY, "must be a whole number from 1 to 2,147,483,646"));
        }
        return Math.min(ROWS_MAX, limit.intValue());
    }

    /** What makes more of an answer than rows of one kind has its place in JSON. */
    private static void refuseWhatIsNoTable(Query query) {
        refuseIf(query.grouping() != null, "grouping");
        refuseIf(query.compare() != null, "compare");
        refuseIf(query.fill() != null, "fill");
        refuseIf(query.others() != null, "others");
    }

    private static void refuseIf(boolean isThere, String member) {
        if (isThere) {
            throw new ProblemException(Unprocessable.at(
                    "/" + member, Reason.NOT_SUPPORTED, "'%s' is answered as application/json only".formatted(member)));
        }
    }

    private @Nullable Between range(Origin origin, Query query) {
        return compiler.earlierRange(origin.tenant(), query)
                .orElseGet(() -> TimeRanges.resolve(query, clock.instant()));
    }
}
