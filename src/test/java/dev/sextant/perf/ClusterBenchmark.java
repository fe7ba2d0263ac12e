package dev.sextant.perf;

import dev.sextant.launch.children.DataFolder;
import dev.sextant.perf.FreshnessPart.Freshness;
import dev.sextant.perf.Subject.Customer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/** What clusters of some nodes do over a real Kafka and Druid, behind HAProxy, all of it on this machine. */
final class ClusterBenchmark implements AutoCloseable {

    private static final int EXIT_UNAVAILABLE = 69;
    private static final Path RESULT = Path.of("perf/results/cluster.json");
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private static final List<Integer> CONNECTIONS = List.of(16, 64);
    private static final int WARM_UP_SECONDS = 5;

    private final ClusterParameters parameters;
    private final Findings findings = new Findings(OUT);
    private final List<Freshness> fresh = new ArrayList<>();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    private ClusterBenchmark(ClusterParameters parameters) {
        this.parameters = parameters;
    }

    /** The exit status. */
    static int run(ClusterParameters parameters) throws Exception {
        if (!Wrk.isInstalled()) {
            System.err.println("perf cluster needs wrk: apt-get install wrk");
            return EXIT_UNAVAILABLE;
        }
        double loadBefore = CpuClock.load();
        ClusterBenchmark benchmark = new ClusterBenchmark(parameters);
        Runtime.getRuntime().addShutdownHook(new Thread(benchmark::close, "clean-up"));
        try {
            for (int nodes : parameters.nodes()) {
                benchmark.measure(nodes);
                benchmark.close();
                benchmark.findings.write(RESULT, Surroundings.find(loadBefore), parameters); // the next may be cut off
            }
            benchmark.judge();
            benchmark.findings.write(RESULT, Surroundings.find(loadBefore), parameters);
            return 0;
        } finally {
            benchmark.close();
        }
    }

    /** Starts a new cluster. */
    private void measure(int nodes) throws Exception {
        Path folder = Files.createTempDirectory("sextant-perf-");
        push(() -> DataFolder.delete(folder));
        long begun = System.nanoTime();
        Subject subject = push(Subject.startCluster(folder, nodes));
        findings.add("start", nodes + " nodes", null, "seconds", (System.nanoTime() - begun) / 1e9);
        measure(subject, nodes);
    }

    private void measure(Subject subject, int nodes) throws Exception {
        Customer customer = subject.newCustomer("perf", Visits.DATASET, Visits.MODEL);
        subject.send(customer, Visits.DATASET, Visits.history());
        if (parameters.parts().contains("freshness")) {
            fresh.add(new FreshnessPart(subject, customer, parameters).measure(findings, nodes));
        }
        if (parameters.parts().contains("latency")) {
            new BesideIngestPart(subject, customer, Math.max(1, parameters.seconds() / 3)).measure(findings, nodes);
        }
        if (parameters.parts().contains("throughput")) {
            throughput(subject, customer, nodes);
        }
    }

    private void throughput(Subject subject, Customer customer, int nodes) throws IOException {
        Wrk wrk = new Wrk(subject.url(Shape.QUERY_PATH), customer.key(), Visits.PANELS.getFirst());
        for (int connections : CONNECTIONS) {
            wrk.run(connections, WARM_UP_SECONDS);
            Sample sample = wrk.run(connections, Math.max(1, parameters.seconds() / 6));
            findings.add(
                    "throughput",
                    "%d nodes, %d connections".formatted(nodes, connections),
                    null,
                    "per_s",
                    sample.requestsPerSecond(),
                    "p50_ms",
                    sample.p50Millis(),
                    "p99_ms",
                    sample.p99Millis());
        }
    }

    /** By the number of nodes that serves best: nobody has to run another. */
    private void judge() {
        fresh.stream()
                .min(Comparator.comparing((Freshness each) -> !each.holds()).thenComparingDouble(Freshness::p99Millis))
                .ifPresent(best -> findings.add(
                        "freshness",
                        "at best",
                        best.holds(),
                        "nodes",
                        best.nodes(),
                        "p50_ms",
                        best.p50Millis(),
                        "p99_ms",
                        best.p99Millis()));
    }

    private synchronized <T extends AutoCloseable> T push(T part) {
        open.push(part);
        return part;
    }

    /** The cluster that runs, and its folder; also when the process is told to end. */
    @Override
    public synchronized void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                System.err.println("A part did not close: " + e);
            }
        }
    }
}
