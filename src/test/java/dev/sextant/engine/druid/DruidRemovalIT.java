package dev.sextant.engine.druid;

import static dev.sextant.engine.Events.NOON;
import static dev.sextant.engine.Events.await;
import static dev.sextant.engine.Events.patience;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sextant.TestStack;
import dev.sextant.engine.Condition;
import dev.sextant.engine.DatasetState;
import dev.sextant.engine.Dialect;
import dev.sextant.engine.EventBatch;
import dev.sextant.engine.EventBatch.Event;
import dev.sextant.engine.FieldType;
import dev.sextant.engine.Plan;
import dev.sextant.engine.Table;
import dev.sextant.engine.Table.Column;
import dev.sextant.engine.Wording;
import dev.sextant.kernel.Json;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.Secret;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.compile.Cursors;
import dev.sextant.query.compile.QueryCompiler;
import dev.sextant.query.model.Bodies;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.ModelReader;
import dev.sextant.query.model.QueryReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was deleted is taken out of Druid's segments, whatever the words in which it was meant, and nothing else is. */
@Tag("druid")
class DruidRemovalIT {

    private static final DatasetModel MODEL = ModelReader.read(Bodies.json("""
            {'time': 'time', 'entity': 'page',
             'dimensions': [{'name': 'page', 'type': 'string'}, {'name': 'n', 'type': 'long'}, {'name': 'x', 'type': 'double'},
               {'name': 'flag', 'type': 'boolean'}, {'name': 'seen', 'type': 'timestamp'}]}"""), "");

    private static final Table VISITS = MODEL.table("visits");

    /** Each is a tenant's own. */
    private static final List<String> FILTERS = List.of(
            "{'field': 'event_id', 'op': 'in', 'value': ['e0', 'e7', 'none']}",
            "{'field': 'page', 'op': 'eq', 'value': 'home'}",
            "{'not': {'field': 'page', 'op': 'eq', 'value': 'home'}}",
            "{'field': 'page', 'op': 'nin', 'value': ['home', 'a ''quoted'' \\\"one\\\"']}",
            "{'field': 'page', 'op': 'contains', 'value': 'o'}",
            "{'field': 'page', 'op': 'starts_with', 'value': 'Ü'}",
            "{'field': 'page', 'op': 'regex', 'value': '^[a-z]'}",
            "{'field': 'page', 'op': 'gt', 'value': 'h'}",
            "{'field': 'page', 'op': 'is_null'}",
            "{'field': 'n', 'op': 'gte', 'value': 3}",
            "{'field': 'n', 'op': 'eq', 'value': 9007199254740993}",
            "{'field': 'x', 'op': 'lt', 'value': 0.25}",
            "{'field': 'flag', 'op': 'eq', 'value': true}",
            "{'field': 'seen', 'op': 'lte', 'value': '2026-02-01T00:00:00.000001Z'}",
            "{'field': 'properties.who', 'op': 'eq', 'value': 'ann'}",
            "{'field': 'properties.who.name', 'op': 'contains', 'value': 'b'}",
            "{'field': 'properties[''it''].x[0]', 'op': 'is_null', 'value': false}",
            "{'field': 'time', 'op': 'lt', 'value': '2026-02-28T12:00:00.000500Z'}",
            "{'or': [{'and': [{'field': 'page', 'op': 'eq', 'value': 'home'}, {'field': 'n', 'op': 'gt', 'value': 1}]},"
                    + " {'not': {'field': 'properties.who', 'op': 'is_null', 'value': false}}]}",
            "{'expr': 'n > x OR flag'}");

    private final String datasource = Stack.datasource("removal");

    @TempDir
    private Path folder;

    @AfterEach
    void end() {
        Stack.end(datasource);
    }

    private static TenantId tenant(int number) {
        return new TenantId("ten_t" + number);
    }

    /** On two days, with everything that may lack or be odd. */
    private static EventBatch batch(int from) {
        List<@Nullable String> pages =
                new ArrayList<>(List.of("home", "Home", "shop", "Ünï", "", "a 'quoted' \"one\"", "\\b", "home"));
        pages.add(null);
        List<@Nullable Long> numbers = new ArrayList<>(List.of(0L, 3L, -4L, 9_007_199_254_740_993L, Long.MIN_VALUE));
        numbers.add(null);
        List<@Nullable String> properties = new ArrayList<>(List.of(
                "{\"who\":\"ann\"}", "{\"who\":{\"name\":\"bob\"}}", "{\"it\":{\"x\":[1,2]}}", "{\"who\":null}", "{}"));
        properties.add(null);
        List<Event> events = IntStream.range(from, from + 20)
                .mapToObj(i -> new Event(
                        "e" + i,
                        true,
                        NOON.minus(Duration.ofHours(i * 2L)).plusNanos(i * 500_000L),
                        "api",
                        new @Nullable Object[] {
                            pages.get(i % pages.size()),
                            numbers.get(i % numbers.size()),
                            i % 5 == 0 ? null : i / 16.0,
                            i % 3 == 0 ? null : i % 2 == 0,
                            i % 4 == 0
                                    ? null
                                    : Instant.parse("2026-02-01T00:00:00Z").plusNanos(i * 1_000L)
                        },
                        properties.get(i % properties.size())))
                .toList();
        return new EventBatch(VISITS, "btc_1", NOON, 1, events);
    }

    private static Condition condition(String filter) {
        QueryCompiler compiler = new QueryCompiler(new Cursors(new Secret("k".repeat(32))), 10, Dialect.DRUID);
        JsonNode body = Bodies.json(
                "{'measures': [{'agg': 'count'}], 'filter': %s}".formatted(filter.replace("''", "\\u0027")));
        return compiler.condition(QueryReader.read(body, "visits", MODEL), null, MODEL);
    }

    private DruidEngine start() {
        return Stack.start(Stack.removing(Stack.config(datasource, folder)), (_, _, _) -> {});
    }

    private static Set<String> visible(DruidEngine engine, TenantId tenant) {
        Wording words = Wording.POOLED;
        String id = words.name(new Column(Table.EVENT_ID, FieldType.STRING));
        String sql = "SELECT %s %s".formatted(id, words.from("visits"));
        Plan plan =
                new Plan("visits", List.of(new Plan.Statement(sql, words.bound(), List.of(FieldType.STRING))), 1_000);
        List<List<@Nullable Object>> rows =
                await(engine.run(tenant, plan, patience())).results().getFirst();
        assertThat(new HashSet<>(rows)).hasSameSizeAs(rows);
        return rows.stream().map(row -> String.valueOf(row.getFirst())).collect(Collectors.toCollection(TreeSet::new));
    }

    /** All that Druid holds, whoever asks, by tenants. */
    private Map<String, Set<String>> held() {
        JsonNode rows = druid(
                TestStack.broker() + "/druid/v2/sql",
                "{\"resultFormat\":\"array\",\"query\":\"SELECT tenant_id, event_id FROM \\\"%s\\\" WHERE tenant_id <> '_'\"}"
                        .formatted(datasource));
        return StreamSupport.stream(rows.spliterator(), false)
                .collect(Collectors.groupingBy(
                        row -> row.get(0).asText(),
                        Collectors.mapping(row -> row.get(1).asText(), Collectors.toCollection(TreeSet::new))));
    }

    private static JsonNode druid(String uri, @Nullable String body) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(uri)).header("content-type", "application/json");
            if (body != null) {
                request.POST(HttpRequest.BodyPublishers.ofString(body));
            }
            return Json.tree(http.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .body()
                    .getBytes(StandardCharsets.UTF_8));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("Druid does not answer", e);
        }
    }

    /** The orders that hold, as whoever begins now reads them. */
    private List<Deletion> deletions() {
        Orders orders = new Orders();
        Tail.orders(Stack.config(datasource, folder).kafka(), Topics.of(datasource))
                .forEach(orders::take);
        return orders.deletions().values().stream()
                .flatMap(all -> all.values().stream())
                .toList();
    }

    @Test
    void takesOutWhatWasDeletedAndNothingElse() {
        Map<String, Set<String>> left;
        List<DatasetState> states;
        int tenants = FILTERS.size() + 2;
        try (DruidEngine engine = start()) {
            for (int i = 0; i < tenants; i++) {
                await(engine.append(tenant(i), batch(0), patience()));
            }
            await(engine.settled(patience()));
            for (int i = 0; i < FILTERS.size(); i++) {
                long deleted = await(engine.delete(tenant(i), condition(FILTERS.get(i)), patience()))
                        .rows();
                assertThat(deleted).as(FILTERS.get(i)).isBetween(1L, 19L);
            }
            await(engine.drop(tenant(tenants - 1)));
            await(engine.append(tenant(tenants - 1), batch(18), patience()));
            await(engine.append(tenant(0), batch(18), patience())); // with two that are there, or were
            await(engine.settled(patience()));
            left = IntStream.range(0, tenants)
                    .boxed()
                    .collect(Collectors.toMap(i -> tenant(i).value(), i -> visible(engine, tenant(i))));
            states = states(engine, tenants);
            assertThat(held()).isNotEqualTo(left);

            handOver();

            Awaitility.await()
                    .atMost(Duration.ofMinutes(3))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> {
                        assertSeen(engine, left);
                        return held().equals(left)
                                && deletions().stream().allMatch(deletion -> deletion.stage() == Deletion.Stage.DONE);
                    });
            assertThat(deletions())
                    .hasSize(FILTERS.size())
                    .allMatch(deletion ->
                            deletion.sql().isEmpty() && deletion.parameters().isEmpty());
            assertThat(states(engine, tenants)).isEqualTo(states);
            handOver();
            assertSeen(engine, left);
        }
        assertThat(druid(
                        TestStack.coordinator() + "/druid/coordinator/v1/metadata/datasources/" + datasource
                                + "/unusedSegments",
                        null))
                .isEqualTo(JsonNodeFactory.instance.arrayNode());

        try (DruidEngine engine = start()) {
            await(engine.append(tenant(0), batch(0), patience())); // their ids are refused on
            await(engine.settled(patience()));
            assertSeen(engine, left);
            List<DatasetState> after = states(engine, tenants);
            for (int i = 0; i < tenants; i++) {
                assertThat(after.get(i).chunks()).isEqualTo(states.get(i).chunks());
                assertThat(after.get(i).dataVersion()).isEqualTo(states.get(i).dataVersion());
            }
        }
    }

    @Test
    void takesOutAgainWhatIsBackWithABackupOfDruid() {
        try (DruidEngine engine = start()) {
            await(engine.append(tenant(0), batch(0), patience()));
            await(engine.settled(patience()));
            await(engine.delete(tenant(0), condition("{'field': 'event_id', 'op': 'eq', 'value': 'e7'}"), patience()));
            handOver();
            Awaitility.await()
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> deletions().getFirst().stage() == Deletion.Stage.DONE);
        }
        bringBack("e7");
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> held().getOrDefault(tenant(0).value(), Set.of()).contains("e7"));

        try (DruidEngine engine = start()) {
            assertThat(visible(engine, tenant(0))).hasSize(19).doesNotContain("e7");
            handOver();
            Awaitility.await()
                    .atMost(Duration.ofMinutes(3))
                    .until(() ->
                            !held().getOrDefault(tenant(0).value(), Set.of()).contains("e7")
                                    && deletions().getFirst().stage() == Deletion.Stage.DONE);
            assertThat(visible(engine, tenant(0))).hasSize(19);
        }
    }

    /** Has Druid read a row again that it had at first. */
    private void bringBack(String id) {
        DruidConfig.Kafka kafka = Stack.config(datasource, folder).kafka();
        ConsumerRecord<byte[], byte[]> batch = Stream.iterate(0L, offset -> offset + 1)
                .map(offset -> Tail.first(kafka, Topics.of(datasource).intake(), offset)
                        .orElseThrow())
                .filter(record -> entry(record).head().kind() == Entry.Kind.BATCH)
                .findFirst()
                .orElseThrow();
        byte[] row = entry(batch).rows().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow()
                .at(batch.offset() + 1);
        Map<String, Object> settings = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrap());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.of(datasource).events(), row));
        }
    }

    private static Entry entry(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Entry.read(record.value());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<DatasetState> states(DruidEngine engine, int tenants) {
        return IntStream.range(0, tenants)
                .mapToObj(i -> await(engine.state(tenant(i), "visits")))
                .toList();
    }

    /** Whoever answers, tells the same. */
    private static void assertSeen(DruidEngine engine, Map<String, Set<String>> left) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .ignoreException(ProblemException.class)
                .untilAsserted(() -> left.forEach((tenant, ids) ->
                        assertThat(visible(engine, new TenantId(tenant))).isEqualTo(ids)));
    }

    /** Has the task that reads hand over its segments. */
    private void handOver() {
        Stack.supervisor(datasource, "suspend");
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> druid(
                                    TestStack.coordinator() + "/druid/indexer/v1/tasks?state=running&datasource="
                                            + datasource
                                            + "&type=index_kafka",
                                    null)
                            .isEmpty());
        } finally {
            Stack.supervisor(datasource, "resume");
        }
    }
}
