package dev.sextant.launch;

import dev.sextant.bus.Bus;
import dev.sextant.cluster.members.CannotJoinException;
import dev.sextant.demo.Demo;
import dev.sextant.demo.DemoTenant;
import dev.sextant.edge.EdgeConfig;
import dev.sextant.edge.EdgeSetup;
import dev.sextant.engine.OlapEngine;
import dev.sextant.feature.Role;
import dev.sextant.health.Readiness.Phase;
import dev.sextant.identity.IdentitySecrets;
import dev.sextant.kernel.Secret;
import dev.sextant.launch.Rooms.Ground;
import dev.sextant.launch.children.CannotStartException;
import dev.sextant.launch.children.DataFolder;
import dev.sextant.query.cache.DataVersions;
import dev.sextant.store.Postgres;
import dev.sextant.store.RedisStore;
import dev.sextant.store.Vault;
import dev.sextant.telemetry.Telemetry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.BindException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running server, from its data folder to its open door. All methods block; for the thread that launches. */
final class Server {

    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    private final DataFolder folder;
    private final SextantConfig config;
    private final Secret platformKey;
    private final Secret masterKey;
    private final boolean withDemo;
    private final EngineStart engineStart;
    private String baseUrl = "";
    private List<DemoTenant> demoTenants = List.of();
    /** What was opened, the last first: it is closed in this order. */
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    private Server(DataFolder folder, SextantConfig config, boolean withDemo, EngineStart engineStart) {
        this.folder = folder;
        this.config = config;
        this.withDemo = withDemo;
        this.engineStart = engineStart;
        this.platformKey = config.secrets().platformKey(folder, IdentitySecrets::makePlatformKey);
        this.masterKey = config.secrets().masterKey(folder);
        open.push(folder);
    }

    /**
     * A server that is ready for requests. Where it cannot start, all that was opened is closed again.
     *
     * @throws ConfigException where what is wanted does not go together
     */
    static Server start(SextantConfig config, Path dataDir, boolean withDemo) {
        config.requireRunnable();
        return start(config, dataDir, withDemo, EngineStart.CONFIGURED);
    }

    /** The same over another engine. */
    static Server start(SextantConfig config, Path dataDir, boolean withDemo, EngineStart engineStart) {
        Restore.requireFinished(dataDir);
        Server server = new Server(DataFolder.open(dataDir), config, withDemo, engineStart);
        try {
            server.start();
            return server;
        } catch (RuntimeException e) {
            server.stop();
            throw explained(e, config.edge());
        }
    }

    /** What goes wrong outside of us, in one sentence. */
    private static RuntimeException explained(RuntimeException failure, EdgeConfig edge) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return new CannotStartException(
                        "Port %d or %d of this machine is taken: choose others with --port and --admin-port (0 picks a free one)"
                                .formatted(edge.port(), edge.adminPort()),
                        failure);
            }
            if (cause instanceof NoSuchFileException missing) {
                return new CannotStartException("There is no file " + missing.getFile(), failure);
            }
            if (cause instanceof CannotJoinException reason) {
                return new CannotStartException(String.valueOf(reason.getMessage()), failure);
            }
        }
        return failure;
    }

    private void start() {
        WarmUp.begin();
        Surroundings surroundings = push(Surroundings.start(folder, config));
        Telemetry telemetry = push(new Telemetry());
        NodeStart nodeStart = NodeStart.of(config, telemetry);
        open.push(nodeStart);
        Vertx vertx = nodeStart.vertx();
        InstantSource clock = InstantSource.system();
        Postgres postgres = await(Postgres.open(vertx, surroundings.postgres(), clock, new Vault(masterKey)));
        open.push(() -> await(postgres.close()));
        RedisStore redis = RedisStore.open(vertx, surroundings.redis());
        open.push(() -> await(redis.close()));
        DataVersions versions = new DataVersions();
        OlapEngine engine = push(engineStart.start(config, folder.path(), clock, versions));
        engine.gauges().forEach(gauge -> telemetry.gauge(gauge.name(), gauge.description(), gauge.value()));
        Bus bus = new Bus(vertx, Bus.Wire.WHERE_NEEDED);
        Rooms rooms = new Rooms(
                new Ground(
                        bus,
                        postgres,
                        redis,
                        engine,
                        versions,
                        telemetry,
                        folder.path().resolve("journal"),
                        clock,
                        nodeStart.self()),
                config,
                new IdentitySecrets(masterKey, platformKey));
        Node.Ports ports = openNode(vertx, rooms, new EdgeSetup(config.edge(), telemetry, rooms.bans()));
        baseUrl = ports.edge() == 0 ? "" : baseUrl(ports.edge());
        rooms.listensAt(baseUrl);
        if (nodeStart.self().roles().contains(Role.BACKGROUND)) {
            postgres.jobs().start();
        }
        if (withDemo) {
            demoTenants = openDemo(vertx, bus, clock);
        }
        rooms.readiness().enter(Phase.SERVING);
        announce(ports);
    }

    private Node.Ports openNode(Vertx vertx, Rooms rooms, EdgeSetup edge) {
        Node.Ports ports = await(new Node(
                        vertx,
                        rooms.features(),
                        rooms.entrance(),
                        edge,
                        config.node().duties())
                .start());
        open.push(() -> await(Node.stopAll(vertx)));
        open.push(() -> leave(vertx, rooms, ports));
        return ports;
    }

    /** What this node does for others goes first, then whoever calls it. */
    private void leave(Vertx vertx, Rooms rooms, Node.Ports ports) {
        rooms.readiness().enter(Phase.DRAINING);
        await(rooms.leave().otherwiseEmpty());
        if (!ports.edgeDeployment().isEmpty()) {
            long farewellMillis = config.node().farewell().toMillis();
            await(farewellMillis == 0 ? Future.succeededFuture() : vertx.timer(farewellMillis));
            await(vertx.undeploy(ports.edgeDeployment()));
        }
    }

    private List<DemoTenant> openDemo(Vertx vertx, Bus bus, InstantSource clock) {
        Demo demo = new Demo(
                vertx,
                bus,
                tenant -> folder.secret("demo_" + tenant, IdentitySecrets::makePlatformKey),
                config.demo(),
                clock);
        open.push(() -> await(demo.stop()));
        return await(demo.start());
    }

    private void announce(Node.Ports ports) {
        new ServerFile(
                        baseUrl,
                        "http://127.0.0.1:" + ports.admin(),
                        ProcessHandle.current().pid(),
                        withDemo ? platformKey.value() : null,
                        demoTenants.stream().map(ServerFile.Tenant::of).toList())
                .write(folder.path());
        open.push(() -> ServerFile.delete(folder.path()));
    }

    /** The tenants of the demo; none without it. */
    List<DemoTenant> demoTenants() {
        return demoTenants;
    }

    private String baseUrl(int port) {
        String scheme = config.edge().tls().enabled() ? "https" : "http";
        return "%s://%s:%d".formatted(scheme, config.edge().host(), port);
    }

    /** Where the server is reached. */
    String baseUrl() {
        return baseUrl;
    }

    /** Takes no more requests, lets those under way end, and closes everything. */
    void stop() {
        while (!open.isEmpty()) {
            AutoCloseable next = open.pop();
            try {
                next.close();
            } catch (Exception e) {
                LOG.error("A part did not close", e);
            }
        }
    }

    private <T extends AutoCloseable> T push(T part) {
        open.push(part);
        return part;
    }

    private static <T> T await(Future<T> future) {
        return future.await();
    }
}
