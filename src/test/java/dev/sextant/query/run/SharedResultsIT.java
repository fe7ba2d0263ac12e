package dev.sextant.query.run;

import static dev.sextant.engine.Events.NOON;
import static dev.sextant.engine.Events.await;
import static dev.sextant.engine.Events.patience;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.Origins;
import dev.sextant.TestServers;
import dev.sextant.WatchedEngine;
import dev.sextant.authz.policy.KnownRules;
import dev.sextant.datasets.Dataset;
import dev.sextant.datasets.DatasetCatalog;
import dev.sextant.datasets.DatasetsConfig;
import dev.sextant.engine.EventBatch;
import dev.sextant.engine.EventBatch.Event;
import dev.sextant.engine.Table;
import dev.sextant.engine.duckdb.DuckDbConfig;
import dev.sextant.engine.duckdb.DuckDbEngine;
import dev.sextant.kernel.TenantId;
import dev.sextant.launch.children.Children;
import dev.sextant.launch.children.DataFolder;
import dev.sextant.launch.children.RedisServer;
import dev.sextant.launch.children.TestFolders;
import dev.sextant.query.cache.CacheStatus;
import dev.sextant.query.cache.DataVersions;
import dev.sextant.query.cache.LastAnswers;
import dev.sextant.query.cache.PieceCache;
import dev.sextant.query.cache.ResultCache;
import dev.sextant.query.cache.SharedConfig;
import dev.sextant.query.cache.SharedResults;
import dev.sextant.query.compile.Cursors;
import dev.sextant.query.compile.QueryCompiler;
import dev.sextant.query.log.QueryLog;
import dev.sextant.query.log.QueryLogConfig;
import dev.sextant.query.model.Bodies;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.ModelReader;
import dev.sextant.query.model.QueryReader;
import dev.sextant.store.Postgres;
import dev.sextant.store.PostgresConfig;
import dev.sextant.store.RedisConfig;
import dev.sextant.store.RedisStore;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes that share nothing in memory, over one engine and one Redis. */
@Timeout(120)
class SharedResultsIT {

    private static final DatasetModel MODEL = ModelReader.read(Bodies.json("""
            {'time': 'time', 'entity': 'user', 'event': 'action',
             'dimensions': [{'name': 'page', 'type': 'string'}, {'name': 'size', 'type': 'long'}]}"""), "");
    private static final Table TABLE = MODEL.table("clicks");
    private static final Dataset CLICKS =
            new Dataset("clicks", "", MODEL, List.of(), true, 1, Instant.EPOCH, Instant.EPOCH);
    private static final String RANGE =
            "'time_range': {'from': '2026-03-01T00:00:00Z', 'to': '2026-03-02T00:00:00Z'}, ";
    private static final String COUNT = "{" + RANGE + "'measures': [{'agg': 'count'}]}";

    private static final AtomicInteger TENANTS = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final SharedConfig ALL = new SharedConfig(0, 1 << 20, Duration.ofMinutes(1), PATIENCE);

    @TempDir
    static Path folder;

    private static final Vertx VERTX = Vertx.vertx();
    private static final DataVersions VERSIONS = new DataVersions();
    private static WatchedEngine engine;
    private static Postgres postgres;

    private final String tenant = "shared" + TENANTS.incrementAndGet();
    private RedisStore redis;

    @BeforeAll
    static void start() {
        PostgresConfig database = TestServers.freshPostgres();
        engine = new WatchedEngine(DuckDbEngine.start(DuckDbConfig.DEFAULT.in(folder), () -> NOON, VERSIONS));
        postgres = await(Postgres.open(VERTX, database, () -> NOON));
    }

    @AfterAll
    static void stop() {
        await(postgres.close());
        engine.close();
        await(VERTX.close());
    }

    @BeforeEach
    void fill() {
        redis = RedisStore.open(VERTX, TestServers.redis());
        append(tenant, "e1", "e2", "e3");
    }

    @AfterEach
    void close() {
        await(redis.close());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'measures': [{'agg': 'count'}, {'agg': 'sum', 'field': 'size'}, {'agg': 'avg', 'field': 'size'}]",
                "'measures': [{'agg': 'count'}], 'dimensions': ['page'], 'limit': 1, 'navigate': true",
                "'measures': [{'agg': 'count'}], 'dimensions': [{'time': 'time', 'grain': '1h'}], 'fill': true",
                "'measures': [{'agg': 'count'}], 'dimensions': ['page', 'user'], 'grouping': {'type': 'rollup'}",
                "'measures': [{'agg': 'count'}], 'dimensions': ['page'], 'compare': {'offset': 'P1D'}",
                "'measures': [{'agg': 'count'}], 'as_of': 'dv_1'",
                "'fields': ['time', 'page', 'size'], 'limit': 2"
            })
    void whatOneNodeMadeAnotherHasWithoutAskingTheEngine(String query) {
        String asked = "{" + RANGE + query + "}";
        Answered made = ask(node(), tenant, asked);
        Awaitility.await().until(() -> ask(node(), tenant, asked).hit());
        int runs = engine.runs("ten_" + tenant);

        QueryService other = node();
        Answered shared = ask(other, tenant, asked);

        assertThat(made.cache()).isEqualTo(CacheStatus.MISS);
        assertThat(shared.cache()).isEqualTo(CacheStatus.HIT);
        assertThat(shared.result().json()).isEqualTo(made.result().json());
        assertThat(shared.result().etag()).isEqualTo(made.result().etag());
        assertThat(shared.result().table().rows())
                .isEqualTo(made.result().table().rows());
        assertThat(ask(other, tenant, asked).result()).isSameAs(shared.result());
        assertThat(engine.runs("ten_" + tenant)).isEqualTo(runs);
    }

    @Test
    void anotherTenantHasAnswersOfItsOwn() {
        String other = "shared" + TENANTS.incrementAndGet();
        append(other, "f1");
        share(COUNT);

        Answered answer = ask(node(), other, COUNT);

        assertThat(answer.cache()).isEqualTo(CacheStatus.MISS);
        assertThat(answer.result().table().rows()).containsExactly(List.of(1L));
    }

    @Test
    void anAnswerOfEarlierDataIsNeverFound() {
        share(COUNT);
        append(tenant, "e4");

        Answered answer = ask(node(), tenant, COUNT);

        assertThat(answer.cache()).isEqualTo(CacheStatus.MISS);
        assertThat(answer.result().table().rows()).containsExactly(List.of(4L));
    }

    @Test
    void whatIsQuicklyMadeIsNotShared() {
        SharedConfig large = new SharedConfig(4, 1 << 20, Duration.ofMinutes(1), PATIENCE);
        share(COUNT);

        assertThat(ask(node(redis, large), tenant, COUNT).cache()).isEqualTo(CacheStatus.MISS);
    }

    @Test
    void withoutRedisTheEngineAnswers() {
        Path path = TestFolders.make();
        DataFolder data = DataFolder.open(path);
        Children children = Children.open(data);
        RedisServer server = children.startRedis();
        RedisStore own =
                RedisStore.open(VERTX, RedisConfig.DEFAULT.at(server.host(), server.port(), server.password()));
        ask(node(own, ALL), tenant, COUNT);
        Awaitility.await().until(() -> ask(node(own, ALL), tenant, COUNT).hit());

        children.close();

        Answered answer = ask(node(own, ALL), tenant, COUNT);
        assertThat(answer.cache()).isEqualTo(CacheStatus.MISS);
        assertThat(answer.result().table().rows()).containsExactly(List.of(3L));
        await(own.close());
        data.close();
        TestFolders.delete(path);
    }

    private void share(String query) {
        ask(node(), tenant, query);
        Awaitility.await().until(() -> ask(node(), tenant, query).hit());
    }

    private QueryService node() {
        return node(redis, ALL);
    }

    private static QueryService node(RedisStore redis, SharedConfig config) {
        QueryCompiler compiler = new QueryCompiler(new Cursors(TestServers.masterKey()), 100);
        return new QueryService(
                new DatasetCatalog(
                        postgres.tenantDb(), postgres.changeFeed(), new KnownRules(), DatasetsConfig.DEFAULT),
                new PreparedQueries(1 << 20),
                new QueryRunner(compiler, engine, new PieceCache(0), QueryConfig.DEFAULT),
                stores(redis, config),
                VERSIONS,
                new QueryLog(QueryLogConfig.DEFAULT),
                () -> NOON);
    }

    private static QueryService.Stores stores(RedisStore redis, SharedConfig config) {
        ResultCache cache = new ResultCache(1 << 20);
        return new QueryService.Stores(
                cache, new SharedResults(redis, config), new LastAnswers(cache, LastAnswers.Limits.DEFAULT));
    }

    private static Answered ask(QueryService node, String tenant, String query) {
        return await(node.ask(
                Origins.of(tenant, Duration.ofSeconds(20)),
                CLICKS,
                QueryReader.read(Bodies.json(query), "clicks", MODEL)));
    }

    private static void append(String tenant, String... ids) {
        TenantId id = new TenantId("ten_" + tenant);
        List<Event> events = new ArrayList<>();
        for (String event : ids) {
            events.add(new Event(event, true, NOON, "api", values(event), null));
        }
        await(engine.define(id, TABLE));
        await(engine.append(id, new EventBatch(TABLE, "btc_1", NOON, 1, events), patience()));
    }

    private static @Nullable Object[] values(String event) {
        return TABLE.columns().stream()
                .map(column -> column.name().equals("size") ? (Object) 9_007_199_254_740_993L : "of " + event)
                .toArray();
    }
}
