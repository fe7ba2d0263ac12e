package dev.sextant.perf;

import dev.sextant.engine.duckdb.DirectDuckDb;
import dev.sextant.launch.ServerInTests;
import dev.sextant.launch.children.DataFolder;
import dev.sextant.perf.Subject.Customer;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** What queries cost over millions of events of many tenants, and how many clients can ask at once. */
final class QueriesBenchmark implements AutoCloseable {

    private static final int EXIT_UNAVAILABLE = 69;
    private static final Path RESULT = Path.of("perf/results/queries.json");
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private final QueriesParameters parameters;
    private final Findings findings = new Findings(OUT);
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    private QueriesBenchmark(QueriesParameters parameters) {
        this.parameters = parameters;
    }

    /** The exit status. */
    static int run(QueriesParameters parameters) throws Exception {
        if (!Wrk.isInstalled()) {
            System.err.println("perf queries needs wrk: apt-get install wrk");
            return EXIT_UNAVAILABLE;
        }
        QueriesBenchmark benchmark = new QueriesBenchmark(parameters);
        Runtime.getRuntime().addShutdownHook(new Thread(benchmark::close, "clean-up"));
        try {
            double loadBefore = CpuClock.load();
            benchmark.measure();
            benchmark.findings.write(RESULT, Surroundings.find(loadBefore), parameters);
            return 0;
        } finally {
            benchmark.close();
        }
    }

    private void measure() throws Exception {
        Path folder = Files.createTempDirectory("sextant-perf-");
        push(() -> DataFolder.delete(folder));
        if (has("distinct")) {
            new DistinctPart(folder.resolve("distinct")).measure(findings);
        }
        if (has("live")) {
            int largest = ShopEvents.shares(parameters.events(), parameters.tenants())[0];
            new LivePart(folder.resolve("live"), largest, parameters.rounds().pairs()).measure(findings);
        }
        if (Set.of("distinct", "live").containsAll(parameters.parts())) {
            return;
        }
        Path data = parameters.data() == null ? folder.resolve("data") : parameters.data();
        long begun = System.nanoTime();
        Files.createDirectories(data);
        List<Customer> customers = ShopTenants.of(data, parameters);
        findings.add(
                "load",
                "%,d events".formatted(parameters.events()),
                null,
                "seconds",
                (System.nanoTime() - begun) / 1e9);
        Customer largest = customers.getFirst();
        DirectDuckDb database = push(DirectDuckDb.copy(data, largest.tenant(), folder.resolve("copy")));
        Subject subject = push(Subject.start(data));
        if (has("shapes")) {
            new ShapesPart(subject, largest, database, parameters.rounds()).measure(findings);
        }
        if (has("throughput")) {
            int loops = ServerInTests.config().edge().loopCount();
            new ThroughputPart(subject, largest, parameters.rounds(), loops).measure(findings);
        }
        if (has("neighbour")) {
            new NeighbourPart(
                            subject,
                            customers.get(9),
                            customers.getFirst(),
                            parameters.rounds().pairs())
                    .measure(findings);
        }
        if (has("clients")) {
            new ClientsPart(subject, customers).steady(findings);
        }
        if (has("burst")) {
            new ClientsPart(subject, customers).burst(findings);
        }
    }

    private boolean has(String part) {
        return parameters.parts().contains(part);
    }

    private synchronized <T extends AutoCloseable> T push(T part) {
        open.push(part);
        return part;
    }

    /** Also when the process is told to end: whatever is open by then is closed, and the folder deleted. */
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
