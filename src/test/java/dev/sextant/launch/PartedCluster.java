package dev.sextant.launch;

import static org.awaitility.Awaitility.await;

import dev.sextant.CuttableWire;
import dev.sextant.SelfSigned;
import dev.sextant.TestServers;
import dev.sextant.identity.IdentitySecrets;
import dev.sextant.kernel.Secret;
import dev.sextant.launch.children.TestFolders;
import dev.sextant.store.PostgresConfig;
import dev.sextant.store.RedisConfig;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Three nodes in network namespaces of their own, over one PostgreSQL and one Redis, which they reach by this process. */
final class PartedCluster implements AutoCloseable {

    static final List<Integer> NODES = List.of(1, 2, 3);

    private static final String EDGE = "8080";
    private static final int MEMBERS = 5701;
    private static final Duration START_PATIENCE = Duration.ofMinutes(3);

    final PartedNetwork network = new PartedNetwork(NODES.size());
    final PostgresConfig database = TestServers.freshPostgres();
    final Secret platformKey = IdentitySecrets.makePlatformKey();

    private final RedisConfig redis = TestServers.redis();
    private final CuttableWire toPostgres = new CuttableWire(network.hostAddress(), database.port());
    private final CuttableWire toRedis = new CuttableWire(network.hostAddress(), redis.port());
    private final SelfSigned certificate = SelfSigned.make();
    private final Path folder = TestFolders.make();
    private final List<Process> processes = new ArrayList<>();

    /** Returns when all of them are ready. */
    PartedCluster() {
        try {
            NODES.forEach(this::startAndAwait);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void startAndAwait(int node) {
        processes.add(start(node));
        Caller caller = caller(node, "");
        await().atMost(START_PATIENCE).until(() -> caller.status("GET", "/health/ready", "") == 200);
    }

    /** What a node says goes to a file beside the tests' reports. */
    private Process start(int node) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Xmx512m",
                "-Dlogback.configurationFile=logback.xml", // not the tests' own
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                PartedNode.class.getName());
        ProcessBuilder builder = new ProcessBuilder(network.at(node, command))
                .redirectErrorStream(true)
                .redirectOutput(new File("target/parted-node-%d.log".formatted(node)));
        builder.environment().putAll(settings(node));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> settings(int node) {
        String address = network.address(node);
        Map<String, String> settings = new HashMap<>(shared());
        settings.put("NODE_DATA_DIR", folder.resolve("node-" + node).toString());
        settings.put("NODE_NAME", "node-" + node);
        settings.put("EDGE_HOST", address);
        settings.put("CLUSTER_MEMBERS_HOST", address);
        settings.put("CLUSTER_BUS_HOST", address);
        return settings.entrySet().stream()
                .collect(Collectors.toMap(entry -> "SEXTANT_" + entry.getKey(), Map.Entry::getValue));
    }

    private Map<String, String> shared() {
        PostgresConfig.Passwords passwords = database.passwords();
        String join = IntStream.rangeClosed(1, NODES.size())
                .mapToObj(node -> network.address(node) + ":" + MEMBERS)
                .collect(Collectors.joining(", "));
        return Map.ofEntries(
                Map.entry("EDGE_PORT", EDGE),
                Map.entry("EDGE_ADMIN_PORT", "0"),
                Map.entry("SECRETS_MASTER_KEY", TestServers.masterKey().value()),
                Map.entry("SECRETS_PLATFORM_KEY", platformKey.value()),
                Map.entry("CLUSTER_ENABLED", "true"),
                Map.entry("CLUSTER_SECRET", "known to all nodes of this test"),
                Map.entry("CLUSTER_MEMBERS_PORT", Integer.toString(MEMBERS)),
                Map.entry("CLUSTER_MEMBERS_JOIN", join),
                Map.entry(
                        "CLUSTER_BUS_TLS_CERTIFICATE", certificate.certificate().toString()),
                Map.entry("CLUSTER_BUS_TLS_KEY", certificate.key().toString()),
                Map.entry("CLUSTER_BUS_TLS_AUTHORITY", certificate.certificate().toString()),
                Map.entry("OPERATIONS_LEASE", PartitionIT.LEASE.toSeconds() + "s"),
                Map.entry("POSTGRES_MODE", "external"),
                Map.entry("POSTGRES_HOST", network.hostAddress()),
                Map.entry("POSTGRES_PORT", Integer.toString(toPostgres.port())),
                Map.entry("POSTGRES_DATABASE", database.database()),
                Map.entry("POSTGRES_PASSWORDS_OWNER", passwords.owner().value()),
                Map.entry("POSTGRES_PASSWORDS_APP", passwords.app().value()),
                Map.entry("POSTGRES_PASSWORDS_AUTH", passwords.auth().value()),
                Map.entry("POSTGRES_PASSWORDS_PLATFORM", passwords.platform().value()),
                Map.entry("REDIS_MODE", "external"),
                Map.entry("REDIS_HOST", network.hostAddress()),
                Map.entry("REDIS_PORT", Integer.toString(toRedis.port())),
                Map.entry("REDIS_PASSWORD", redis.password().value()));
    }

    String baseUrl(int node) {
        return "http://%s:%s".formatted(network.address(node), EDGE);
    }

    Caller caller(int node, String key) {
        return new Caller(baseUrl(node), key);
    }

    /** Somebody who may do everything. */
    Caller operator(int node) {
        return caller(node, platformKey.value());
    }

    /** Whether each node is still the process that it was. */
    boolean areAllAlive() {
        return processes.stream().allMatch(Process::isAlive);
    }

    @Override
    public void close() {
        processes.forEach(Process::destroy);
        for (Process process : processes) {
            try {
                if (!process.waitFor(20, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        toRedis.close();
        toPostgres.close();
        certificate.delete();
        TestFolders.delete(folder);
        network.close();
    }
}
