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
    private int port;

    /** What the nodes stand on. */
    record Ground(PostgresServer postgres, RedisServer redis, int kafkaPort, int druidPort) {}

    private LocalCluster(DataFolder folder, Children children) {
        this.folder = folder;
        this.children = children;
    }

    /**
     * A cluster whose nodes are all ready. Where it cannot start, all that was started is ended.
     *
     * @param port of HAProxy; 0 for any
     * @param withDemo whether the first node brings two tenants with data
     */
    static LocalCluster start(Path dataDir, int nodes, int port, boolean withDemo) {
        DataFolder folder = DataFolder.open(dataDir);
        LocalCluster cluster = new LocalCluster(folder, Children.open(folder));
        try {
            cluster.start(nodes, port, withDemo);
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private void start(int nodes, int wantedPort, boolean withDemo) {
        CompletableFuture<Integer> druid = CompletableFuture.supplyAsync(() -> children.startDruid(PROGRAMS));
        CompletableFuture<Integer> kafka = CompletableFuture.supplyAsync(() -> children.startKafka(PROGRAMS));
        Ground ground =
                new Ground(children.startPostgres(), children.startRedis(), kafka.join(), druid.join());
        Map<String, Integer> nodeToPort = children.nodePorts(nodes);
        boolean isFirst = true;
        for (String name : nodeToPort.keySet()) {
            children.startNode(
                    name,
                    nodeToPort.get(name),
                    settings(name, nodeToPort, ground),
                    List.of(Main.class.getName(), isFirst && withDemo ? "demo" : "run"));
            isFirst = false;
        }
        port = children.startHaproxy(HAPROXY, wantedPort, nodeToPort);
    }

    /** Where callers come in. */
    String baseUrl() {
        return "http://127.0.0.1:" + port;
    }

    private String settings(String name, Map<String, Integer> nodeToPort, Ground ground) {
        int edge = nodeToPort.get(name);
        return LocalSettings.yaml(Map.ofEntries(
                Map.entry("data", nodeFolder(name)),
                Map.entry("name", name),
                Map.entry("master_key", folder.masterKey().value()),
                Map.entry("platform_key", platformKey().value()),
                Map.entry("edge.port", edge),
                Map.entry("admin.port", edge + 1),
                Map.entry("bus.port", edge + 2),
                Map.entry("members.port", edge + 3),
                Map.entry("members", members(nodeToPort)),
                Map.entry("cluster_secret", folder.clusterSecret().value()),
                Map.entry("postgres.port", ground.postgres().port()),
                Map.entry("owner", ground.postgres().owner().value()),
                Map.entry("app", ground.postgres().app().value()),
                Map.entry("auth", ground.postgres().auth().value()),
                Map.entry("platform", ground.postgres().platform().value()),
                Map.entry("redis.port", ground.redis().port()),
                Map.entry("redis.password", ground.redis().password().value()),
                Map.entry("kafka.port", ground.kafkaPort()),
                Map.entry("broker.port", ground.druidPort()),
                Map.entry("overlord.port", ground.druidPort() + 1)));
    }

    private Secret platformKey() {
        return folder.secret("platform_key", IdentitySecrets::makePlatformKey);
    }

    private static String members(Map<String, Integer> nodeToPort) {
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
