package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.MovableClock;
import dev.sextant.TestServers;
import dev.sextant.WatchedEngine;
import dev.sextant.bus.Bus;
import dev.sextant.cluster.Self;
import dev.sextant.cluster.members.Members;
import dev.sextant.edge.EdgeConfig;
import dev.sextant.edge.EdgeSetup;
import dev.sextant.edge.EdgeTransport;
import dev.sextant.edge.ResponseValidator;
import dev.sextant.engine.CommitListener;
import dev.sextant.engine.duckdb.DuckDbConfig;
import dev.sextant.engine.duckdb.DuckDbEngine;
import dev.sextant.feature.Role;
import dev.sextant.health.Readiness;
import dev.sextant.http.Entrance;
import dev.sextant.identity.IdentitySecrets;
import dev.sextant.kernel.Secret;
import dev.sextant.kernel.TenantId;
import dev.sextant.launch.Node;
import dev.sextant.launch.Rooms;
import dev.sextant.launch.SextantConfig;
import dev.sextant.launch.children.TestFolders;
import dev.sextant.query.cache.DataVersions;
import dev.sextant.store.Postgres;
import dev.sextant.store.PostgresConfig;
import dev.sextant.store.RedisStore;
import dev.sextant.store.Vault;
import dev.sextant.telemetry.Telemetry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A whole node with real PostgreSQL and Redis, and callers whose every response is held against the contract. Slow to
 * start (about a second): one for each class of tests, whose tests keep apart by customers of their own.
 */
final class Service implements AutoCloseable {

    /** Every scope that a customer's key can have. */
    static final List<String> CUSTOMER_SCOPES = List.of(
            "admin:limits",
            "admin:usage",
            "analytics:read",
            "audit:read",
            "datasets:read",
            "datasets:write",
            "events:delete",
            "events:write",
            "keys:read",
            "keys:write",
            "roles:read",
            "roles:write",
            "security:read",
            "security:write",
            "sign_in:read",
            "sign_in:write",
            "users:read",
            "users:write");

    private static final AtomicInteger CUSTOMERS = new AtomicInteger();
    private static final AtomicInteger NODES = new AtomicInteger();
    private static final int FREE_PORT = 0;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Self self;
    private final @Nullable Members members;
    private final Vertx vertx;
    private final Telemetry telemetry = new Telemetry();
    private final MovableClock clock = new MovableClock();
    private final DataVersions versions = new DataVersions();
    private final Path folder = TestFolders.make();
    private final @Nullable Service engineOf;
    private final WatchedEngine engine;

    /** Of this node and of those that share its engine. */
    private final List<CommitListener> listeners = new CopyOnWriteArrayList<>(List.of(versions));

    private final Bus bus;
    private final Postgres postgres;
    private final RedisStore redis;
    private final Rooms rooms;
    private final Readiness readiness;
    private final Caller platform;
    private final String edge;
    private final String url;

    Service(Bus.Wire wire) {
        this(wire, TestServers.freshPostgres());
    }

    Service(Bus.Wire wire, PostgresConfig database) {
        this(wire, database, SextantConfig.DEFAULT);
    }

    /** @param config of the rooms and of the edge, which gets a free port and two loops */
    Service(Bus.Wire wire, PostgresConfig database, SextantConfig config) {
        this(wire, database, config, IdentitySecrets.makePlatformKey());
    }

    /** As another node over the same database: for that, it needs the same key of the platform. */
    Service(Bus.Wire wire, PostgresConfig database, SextantConfig config, Secret platformKey) {
        this(wire, database, config, platformKey, null);
    }

    /** @param sharing the node whose engine it has, too; null for one of its own */
    Service(
            Bus.Wire wire,
            PostgresConfig database,
            SextantConfig config,
            Secret platformKey,
            @Nullable Service sharing) {
        engineOf = sharing;
        engine = sharing == null ? ownEngine() : sharing.engine;
        if (sharing != null) {
            sharing.listeners.add(versions);
        }
        EdgeConfig edgeConfig = edge(config.edge());
        String name = "node-" + NODES.incrementAndGet();
        VertxBuilder builder = Vertx.builder().withTransport(EdgeTransport.of(edgeConfig, telemetry));
        members = config.cluster().enabled() ? Members.join(config.cluster(), name) : null;
        self = members == null ? Self.alone(name) : Self.of(name, Set.of(Role.values()), members::reached);
        vertx = members == null ? builder.build() : clustered(builder, members);
        bus = new Bus(vertx, wire);
        postgres = Postgres.open(vertx, database, clock, new Vault(TestServers.masterKey()))
                .await();
        redis = RedisStore.open(vertx, TestServers.redis());
        rooms = new Rooms(
                new Rooms.Ground(
                        bus, postgres, redis, engine, versions, telemetry, folder.resolve("journal"), clock, self),
                config,
                new IdentitySecrets(TestServers.masterKey(), platformKey));
        readiness = rooms.readiness();
        Entrance entrance = rooms.entrance();
        Node node = new Node(
                vertx,
                rooms.features(),
                new Entrance(
                        new WornRoles(entrance.authenticator(), postgres.credentialDb(PATIENCE)),
                        entrance.guards(),
                        entrance.audit(),
                        entrance.origins(),
                        entrance.messages()),
                new EdgeSetup(edgeConfig, telemetry, rooms.bans()),
                self.roles());
        Node.Ports ports = node.start().await();
        edge = ports.edgeDeployment();
        url = (config.edge().tls().enabled() ? "https" : "http") + "://127.0.0.1:" + ports.edge();
        rooms.listensAt(url);
        vertx.executeBlocking(() -> {
                    postgres.jobs().start();
                    return null;
                })
                .await();
        readiness.enter(Readiness.Phase.SERVING);
        platform = new Caller(WebClient.create(vertx), new ResponseValidator(), ports.edge(), platformKey.value());
    }

    private WatchedEngine ownEngine() {
        CommitListener all =
                (tenant, dataset, state) -> listeners.forEach(listener -> listener.committed(tenant, dataset, state));
        return new WatchedEngine(DuckDbEngine.start(DuckDbConfig.DEFAULT.in(folder), clock, all));
    }

    private static Vertx clustered(VertxBuilder builder, Members members) {
        Vertx clustered = builder.with(new VertxOptions().setEventBusOptions(members.busOptions()))
                .withClusterManager(members.manager())
                .buildClustered()
                .await();
        members.watch(clustered);
        return clustered;
    }

    private static EdgeConfig edge(EdgeConfig usual) {
        return new EdgeConfig(
                "127.0.0.1",
                FREE_PORT,
                FREE_PORT,
                2,
                usual.bodyBytesMax(),
                usual.checkedBytesMax(),
                usual.headerBytesMax(),
                Duration.ofSeconds(5),
                usual.idle(),
                Duration.ofSeconds(2),
                usual.trustedProxies(),
                usual.connections(),
                usual.http2(),
                usual.bans(),
                usual.tls());
    }

    /** Calls with the platform's first key, which has every scope. */
    Caller platform() {
        return platform;
    }

    /** Where it listens. */
    String url() {
        return url;
    }

    Caller anonymous() {
        return platform.as("");
    }

    MovableClock clock() {
        return clock;
    }

    WatchedEngine engine() {
        return engine;
    }

    /** By which name the cluster knows it. */
    String name() {
        return self.name();
    }

    Readiness readiness() {
        return readiness;
    }

    Bus bus() {
        return bus;
    }

    /** What the store tells of roles of a tenant, salts and all. */
    String authority(String tenant, List<String> roles) {
        return postgres.credentialDb(PATIENCE)
                .authority(new TenantId(tenant), roles)
                .await();
    }

    Vertx vertx() {
        return vertx;
    }

    /** Takes no more requests, and lets those under way end, as a server that stops does first. */
    void drain() {
        vertx.undeploy(edge).otherwiseEmpty().await();
    }

    /** As a server that is told to stop does first: others may have what it does for all. */
    void leave() {
        rooms.leave().await();
    }

    /** As the platform, by TLS. */
    Caller secure() {
        WebClientOptions options =
                new WebClientOptions().setSsl(true).setTrustAll(true).setVerifyHost(false);
        return new Caller(
                WebClient.create(vertx, options), platform.contract(), platform.port(), platform.credential());
    }

    /** A new tenant, with a key that has every scope that it can have. */
    Customer newCustomer() {
        return newCustomer(platform);
    }

    /** The same, made and called by another way. */
    Customer newCustomer(Caller operator) {
        String name = "customer " + CUSTOMERS.incrementAndGet();
        HttpResponse<Buffer> tenant = operator.post(
                "/api/v2/admin/tenants", new JsonObject().put("name", name).encode());
        assertThat(tenant.statusCode()).isEqualTo(201);
        String id = tenant.bodyAsJsonObject().getString("id");
        JsonObject key = newKey(operator, id, CUSTOMER_SCOPES);
        String text = key.getString("key");
        return new Customer(id, key.getString("id"), text, operator.as(text));
    }

    /** A further key, made by {@code maker}. */
    static JsonObject newKey(Caller maker, String tenant, List<String> scopes) {
        JsonObject wish = new JsonObject().put("name", "of a test").put("scopes", new JsonArray(scopes));
        HttpResponse<Buffer> made = maker.post("/api/v2/api-keys?tenant_id=" + tenant, wish.encode());
        assertThat(made.statusCode()).as(made.bodyAsString()).isEqualTo(201);
        return made.bodyAsJsonObject();
    }

    @Override
    public void close() {
        drain();
        Node.stopAll(vertx).await();
        redis.close().await();
        postgres.close().await();
        vertx.close().await();
        if (members != null) {
            members.close();
        }
        if (engineOf == null) {
            engine.close();
        }
        telemetry.close();
        TestFolders.delete(folder);
    }
}
