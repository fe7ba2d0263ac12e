package dev.sextant.query.compile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.engine.Bound;
import dev.sextant.engine.Dialect;
import dev.sextant.engine.FieldType;
import dev.sextant.engine.Plan;
import dev.sextant.engine.PooledColumns;
import dev.sextant.engine.Table;
import dev.sextant.kernel.Json;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A datasource of a real Druid that two tenants share, with columns as {@link PooledColumns} has them. */
final class DruidTables implements Tables {

    private static final String TENANT = "ten_a";
    private static final long LATEST = 1_000_000_000;

    private final HttpClient client = HttpClient.newHttpClient();
    private final DruidAddress druid;
    private final String datasource;
    private final Path folder;
    private @Nullable String dataset;

    DruidTables(DruidAddress druid, String datasource, Path folder) {
        this.druid = druid;
        this.datasource = datasource;
        this.folder = folder;
    }

    @Override
    public Dialect dialect() {
        return Dialect.DRUID;
    }

    /** Beside the rows are others that nobody may see: of another tenant, another dataset, and a later version. */
    @Override
    public void load(Table table, List<Map<String, @Nullable Object>> rows) throws IOException {
        dataset = table.dataset();
        List<String> lines = new ArrayList<>();
        lines.add(line(table, TENANT, table.dataset(), LATEST + 1, seed(table)));
        for (Map<String, @Nullable Object> row : rows) {
            long version = (Long) Objects.requireNonNull(row.get(Table.VERSION));
            lines.add(line(table, TENANT, table.dataset(), version, row));
            if (lines.size() % 7 == 0) {
                lines.add(line(table, "ten_b", table.dataset(), version, row));
                lines.add(line(table, TENANT, table.dataset() + "_other", version, row));
            }
        }
        Files.write(folder.resolve(datasource + ".json"), lines);
        ingest();
        Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    JsonNode answer = post(
                            druid.sql(),
                            JsonNodeFactory.instance
                                    .objectNode()
                                    .put("query", "SELECT COUNT(*) FROM \"" + datasource + "\"")
                                    .put("resultFormat", "array"));
                    return answer.isArray() && answer.path(0).path(0).asLong() == lines.size();
                });
    }

    /** Has all columns, so that statements may name them. */
    private static Map<String, @Nullable Object> seed(Table table) {
        Map<String, @Nullable Object> seed = new HashMap<>();
        Stream.concat(Table.STORED.stream(), table.columns().stream())
                .forEach(column -> seed.put(
                        column.name(),
                        switch (column.type()) {
                            case STRING -> "seed";
                            case LONG -> 1L;
                            case DOUBLE -> 1.5;
                            case BOOLEAN -> true;
                            case TIMESTAMP -> Instant.parse("2015-09-12T00:00:00Z");
                            case JSON -> "{\"seed\":1}";
                            case DECIMAL -> null;
                        }));
        return seed;
    }

    private static String line(
            Table table, String tenant, String dataset, long version, Map<String, @Nullable Object> row)
            throws IOException {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put(PooledColumns.TENANT, tenant).put(PooledColumns.DATASET, dataset);
        long micros = micros((Instant) Objects.requireNonNull(row.get(Table.TIME)));
        line.put(PooledColumns.MILLIS, Math.floorDiv(micros, 1_000L));
        for (Table.Column column :
                Stream.concat(Table.STORED.stream(), table.columns().stream()).toList()) {
            Object value = row.get(column.name());
            if (value != null) {
                line.set(PooledColumns.of(column), physical(value, column));
            }
        }
        line.put(Table.VERSION, version);
        return line.toString();
    }

    private static JsonNode physical(Object value, Table.Column column) throws IOException {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (value) {
            case String text
            when column.name().equals(Table.PROPERTIES) -> Json.tree(text.getBytes(StandardCharsets.UTF_8));
            case String text -> nodes.textNode(text);
            case Long number -> nodes.numberNode(number);
            case Double number -> nodes.numberNode(number);
            case Boolean truth -> nodes.numberNode(truth ? 1 : 0);
            case Instant instant -> nodes.numberNode(micros(instant));
            default -> throw new IllegalArgumentException("No field holds this");
        };
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private void ingest() throws IOException {
        JsonNode spec = Json.tree("""
                {"type": "index_parallel", "spec": {
                  "dataSchema": {"dataSource": "%s", "timestampSpec": {"column": "__time", "format": "millis"},
                    "dimensionsSpec": {"useSchemaDiscovery": true, "includeAllDimensions": true, "dimensions": [
                      {"type": "string", "name": "tenant_id"}, {"type": "string", "name": "dataset"}]},
                    "metricsSpec": [], "granularitySpec": {"segmentGranularity": "YEAR", "queryGranularity": "NONE", "rollup": false}},
                  "ioConfig": {"type": "index_parallel", "appendToExisting": false, "inputFormat": {"type": "json"},
                    "inputSource": {"type": "local", "baseDir": "%s", "filter": "%s.json"}},
                  "tuningConfig": {"type": "index_parallel", "partitionsSpec": {"type": "dynamic"}}}}
                """.formatted(datasource, folder, datasource).getBytes(StandardCharsets.UTF_8));
        String task = post(druid.task(), spec).path("task").asText();
        Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    String status = get(URI.create(druid.task() + "/" + task + "/status"))
                            .at("/status/status")
                            .asText();
                    if (status.equals("FAILED")) {
                        throw new AssertionError("Druid could not take the rows");
                    }
                    return status.equals("SUCCESS");
                });
    }

    @Override
    public List<List<@Nullable Object>> run(Plan.Statement statement) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("query", statement.sql().replace("\"" + PooledColumns.EVENTS + "\"", "\"" + datasource + "\""));
        body.put("resultFormat", "array");
        body.putObject("context")
                .put("useApproximateCountDistinct", false)
                .put("useApproximateTopN", false)
                .put("enableJoinLeftTableScanDirect", true);
        ArrayNode parameters = body.putArray("parameters");
        statement.parameters().forEach(value -> write(bound(value), parameters.addObject()));
        JsonNode answer = Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> post(druid.sql(), body),
                        told -> !told.path("errorClass")
                                .asText()
                                .endsWith("QueryCapacityExceededException")); // others ask, too
        if (!answer.isArray()) {
            throw new AssertionError(statement.sql() + "\n" + statement.parameters() + "\n" + answer);
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (JsonNode row : answer) {
            List<@Nullable Object> values = new ArrayList<>();
            for (int i = 0; i < statement.types().size(); i++) {
                values.add(value(row.get(i), statement.types().get(i)));
            }
            rows.add(values);
        }
        return rows;
    }

    private @Nullable Object bound(@Nullable Object value) {
        return switch (value) {
            case Bound.TENANT -> TENANT;
            case Bound.DATASET -> dataset;
            case Bound.VERSION -> LATEST;
            case Instant instant -> micros(instant);
            case Boolean truth -> truth ? 1L : 0L;
            case null, default -> value;
        };
    }

    private static void write(@Nullable Object value, ObjectNode into) {
        switch (value) {
            case null -> into.put("type", "VARCHAR").putNull("value");
            case String text -> into.put("type", "VARCHAR").put("value", text);
            case Double number -> into.put("type", "DOUBLE").put("value", number);
            case List<?> many -> {
                ArrayNode values = into.put("type", "ARRAY").putArray("value");
                many.forEach(one -> values.addPOJO(one instanceof Instant instant ? micros(instant) : one));
            }
            case Number number -> into.put("type", "BIGINT").put("value", number.longValue());
            default -> throw new IllegalArgumentException("A parameter has a form that no field type says");
        }
    }

    private static @Nullable Object value(JsonNode value, FieldType type) {
        if (value.isNull()) {
            return null;
        }
        return switch (type) {
            case STRING, JSON -> value.asText();
            case LONG -> value.longValue();
            case DOUBLE -> value.isNumber() ? value.doubleValue() : (Object) value.asText();
            case DECIMAL -> new BigInteger(value.asText());
            case BOOLEAN -> value.isBoolean() ? value.booleanValue() : value.intValue() == 1;
            case TIMESTAMP -> Instant.EPOCH.plus(value.longValue(), ChronoUnit.MICROS);
        };
    }

    private JsonNode post(URI uri, JsonNode body) {
        return send(HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
    }

    private JsonNode get(URI uri) {
        return send(HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(60)).build());
    }

    private JsonNode send(HttpRequest request) {
        try {
            return Json.tree(client.send(request, HttpResponse.BodyHandlers.ofByteArray())
                    .body());
        } catch (IOException e) {
            throw new AssertionError("Druid does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
