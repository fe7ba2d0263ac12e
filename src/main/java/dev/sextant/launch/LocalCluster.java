package dev.sextant.launch;

import dev.sextant.identity.IdentitySecrets;
import dev.sextant.kernel.Secret;
import dev.sextant.launch.children.Children;
import dev.sextant.launch.children.DataFolder;
import dev.sextant.launch.children.PostgresServer;
import dev.sextant.launch.children.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A whole cluster on this machine, all of it processes of their own: PostgreSQL, Redis, Kafka, Druid, nodes, and HAProxy
 * before them. All methods block; for the thread that launches. What dies is started again, at the same port.
 */
final class LocalCluster implements AutoCloseable {

    private static final Path PROGRAMS = Path.of("cluster", "local");
    private static final Path HAPROXY = Path.of("cluster", "haproxy.cfg");

    private final DataFolder folder;
    private final Children children;
    private Map<String, Integer> nodeToPort = Map.of();
    private int port;

    /** Where events go, and where questions about them: ports on the loopback address. */
    record Stack(int kafkaPort, int druidPort) {}

    /** What the nodes stand on. */
    private record Ground(PostgresServer postgres, RedisServer redis, Stack stack) {}

    /**
     * What is to be started.
     *
     * @param port of HAProxy; 0 for any
     * @param withDemo whether the first node brings two tenants with data
     */
    record Wanted(int nodes, int port, boolean withDemo) {}

    private LocalCluster(DataFolder folder, Children children) {
        this.folder = folder;
        this.children = children;
    }

    /** A cluster whose nodes are all ready. Where it cannot start, all that was started is ended. */
    static LocalCluster start(Path dataDir, Wanted wanted) {
        return start(dataDir, wanted, LocalCluster::startStack);
    }

    /** The same, over a Kafka and a Druid that run already. */
    static LocalCluster start(Path dataDir, Wanted wanted, Stack stack) {
        return start(dataDir, wanted, _ -> CompletableFuture.completedFuture(stack));
    }

    private static LocalCluster start(
            Path dataDir, Wanted wanted, Function<Children, CompletableFuture<Stack>> stackStart) {
        DataFolder folder = DataFolder.open(dataDir);
        LocalCluster cluster = new LocalCluster(folder, Children.open(folder));
        try {
            cluster.start(wanted, stackStart);
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private static CompletableFuture<Stack> startStack(Children children) {
        return CompletableFuture.supplyAsync(() -> children.startDruid(PROGRAMS))
                .thenCombine(
                        CompletableFuture.supplyAsync(() -> children.startKafka(PROGRAMS)),
                        (druid, kafka) -> new Stack(kafka, druid));
    }

    private void start(Wanted wanted, Function<Children, CompletableFuture<Stack>> stackStart) {
        CompletableFuture<Stack> stack = stackStart.apply(children);
        Ground ground = new Ground(children.startPostgres(), children.startRedis(), stack.join());
        nodeToPort = children.nodePorts(wanted.nodes());
        boolean isFirst = true;
        for (Map.Entry<String, Integer> node : nodeToPort.entrySet()) {
            children.startNode(
                    node.getKey(),
                    node.getValue(),
                    settings(node.getKey(), node.getValue(), ground),
                    List.of(Main.class.getName(), isFirst && wanted.withDemo() ? "demo" : "run"));
            isFirst = false;
        }
        port = children.startHaproxy(HAPROXY, wanted.port(), nodeToPort);
    }

    /** The text of the platform's first API key. */
    Secret platformKey() {
        return folder.secret("platform_key", IdentitySecrets::makePlatformKey);
    }

    /** Whether the node takes requests. */
    boolean isReady(String node) {
        return Children.isReady(nodeToPort.getOrDefault(node, 0));
    }

    /** Where callers come in. */
    String baseUrl() {
        return "http://127.0.0.1:" + port;
    }

    private String settings(String name, int edge, Ground ground) {
        return LocalSettings.yaml(Map.ofEntries(
                Map.entry("data", nodeFolder(name)),
                Map.entry("name", name),
                Map.entry("master_key", folder.masterKey().value()),
                Map.entry("platform_key", platformKey().value()),
                Map.entry("edge.port", edge),
                Map.entry("admin.port", edge + 1),
                Map.entry("bus.port", edge + 2),
                Map.entry("members.port", edge + 3),
                Map.entry("members", members()),
                Map.entry("cluster_secret", folder.clusterSecret().value()),
                Map.entry("postgres.port", ground.postgres().port()),
                Map.entry("owner", ground.postgres().owner().value()),
                Map.entry("app", ground.postgres().app().value()),
                Map.entry("auth", ground.postgres().auth().value()),
                Map.entry("platform", ground.postgres().platform().value()),
                Map.entry("redis.port", ground.redis().port()),
                Map.entry("redis.password", ground.redis().password().value()),
                Map.entry("kafka.port", ground.stack().kafkaPort()),
                Map.entry("broker.port", ground.stack().druidPort()),
                Map.entry("overlord.port", ground.stack().druidPort() + 1)));
    }

    private String members() {
        return nodeToPort.values().stream()
                .map(edge -> "127.0.0.1:" + (edge + 3))
                .collect(Collectors.joining(","));
    }

    private Path nodeFolder(String name) {
        try {
            return children.nodeFolder(name).resolve("data");
        } catch (IOException e) {
            throw new UncheckedIOException("The folder of " + name + " cannot be used", e);
        }
    }

    /** Ends all, callers' way in first. */
    @Override
    public void close() {
        children.close();
        folder.close();
    }
}
