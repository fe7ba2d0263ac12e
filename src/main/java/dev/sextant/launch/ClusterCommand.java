package dev.sextant.launch;

import dev.sextant.launch.children.DataFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sextant cluster}: a whole cluster on this machine, to try it out; ends with the process. */
@Command(
        name = "cluster",
        description = "Start PostgreSQL, Redis, Kafka, Druid, several nodes and HAProxy on this machine.",
        mixinStandardHelpOptions = true)
final class ClusterCommand implements Callable<Integer> {

    @Option(names = "--nodes", paramLabel = "N", description = "How many nodes; 3 by default.")
    private int nodes = 3;

    @Option(names = "--port", paramLabel = "N", description = "Where HAProxy listens; 0 picks a free port.")
    private int port = 8080;

    @Option(names = "--data-dir", paramLabel = "DIR", description = "Keep everything in this folder.")
    @Nullable
    private Path dataDir;

    @Option(names = "--ephemeral", description = "Keep everything in a new folder, and delete it at the end.")
    private boolean ephemeral;

    @Option(names = "--no-demo", description = "Bring no tenants and no data.")
    private boolean noDemo;

    @Override
    public Integer call() throws InterruptedException {
        Path folder = folder();
        LocalCluster cluster = LocalCluster.start(folder, new LocalCluster.Wanted(nodes, port, !noDemo));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(cluster, folder), "stop"));
        long millis = System.currentTimeMillis()
                - ManagementFactory.getRuntimeMXBean().getStartTime();
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        out.println("ready in %d ms: %s".formatted(millis, cluster.baseUrl()));
        out.println("logs%s: %s; settings of each node: node.yaml in its folder; the platform's key: %s"
                .formatted(
                        noDemo ? "" : ", and the demo's keys in that of node-1",
                        folder.resolve("logs"),
                        folder.resolve("secret-platform_key")));
        Thread.currentThread().join();
        return 0;
    }

    private void end(LocalCluster cluster, Path folder) {
        cluster.close();
        if (ephemeral) {
            DataFolder.delete(folder);
        }
        Runtime.getRuntime().halt(0);
    }

    private Path folder() {
        try {
            Path named = dataDir == null ? Path.of("data-cluster") : dataDir;
            return ephemeral ? Files.createTempDirectory("sextant-") : named;
        } catch (IOException e) {
            throw new UncheckedIOException("No temporary folder can be made", e);
        }
    }
}
