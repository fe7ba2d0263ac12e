package dev.sextant.perf;

import dev.sextant.engine.duckdb.DirectDuckDb;
import dev.sextant.launch.ServerInTests;
import dev.sextant.launch.children.DataFolder;
import dev.sextant.perf.Pairs.Measurement;
import dev.sextant.perf.Pairs.Named;
import dev.sextant.perf.Subject.Customer;
import io.vertx.core.buffer.Buffer;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** What the server costs around a query: beside a bare route where the answer is cached, beside DuckDB where it is not. */
final class EdgeBenchmark implements AutoCloseable {

    private static final int EXIT_UNAVAILABLE = 69;
    private static final Path RESULT = Path.of("perf/results/edge.json");
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private final EdgeParameters parameters;
    /** What is to be closed, the last first. */
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    private EdgeBenchmark(EdgeParameters parameters) {
        this.parameters = parameters;
    }

    /** The exit status. */
    static int run(EdgeParameters parameters) throws Exception {
        if (!Wrk.isInstalled()) {
            System.err.println("perf edge needs wrk: apt-get install wrk");
            return EXIT_UNAVAILABLE;
        }
        EdgeBenchmark benchmark = new EdgeBenchmark(parameters);
        Runtime.getRuntime().addShutdownHook(new Thread(benchmark::close, "clean-up"));
        try {
            EdgeReport report = benchmark.measure();
            report.print(OUT);
            report.write(RESULT);
            return 0;
        } finally {
            benchmark.close();
        }
    }

    private EdgeReport measure() throws Exception {
        double loadBefore = CpuClock.load();
        Path folder = Files.createTempDirectory("sextant-perf-");
        push(() -> DataFolder.delete(folder));
        Path data = folder.resolve("data");
        say("loading %,d events", parameters.events());
        Customer customer = push(Subject.start(data)).load(parameters.events());
        closeLast();
        DirectQuery direct = DirectQuery.of(
                push(DirectDuckDb.copy(data, customer.tenant(), folder.resolve("copy"))), Edits.MODEL, Edits.QUERY);
        Subject subject = push(Subject.start(data));
        String cachedBody = Edits.QUERY.replace(Edits.NUMBER, "1");
        BareRoute bare = push(BareRoute.start(
                ServerInTests.config().edge().loopCount(), Buffer.buffer(answer(subject, customer, cachedBody))));
        Measurement uncached = wrk(subject.url(Shape.QUERY_PATH), customer, Edits.QUERY, 1);
        say("uncached, over 1 connection");
        Pairs uncachedPairs = Pairs.measure(
                new Named("same SQL in DuckDB, 1 thread", direct::run),
                new Named("uncached query, 1 connection", uncached),
                parameters.rounds());
        say("cached, over %d connections", parameters.connections());
        Pairs cachedPairs = Pairs.measure(
                new Named("bare route", wrk(bare.url(), customer, cachedBody, parameters.connections())),
                new Named(
                        "cached query",
                        wrk(subject.url(Shape.QUERY_PATH), customer, cachedBody, parameters.connections())),
                parameters.rounds());
        say("uncached, over %d connections", parameters.connections());
        // Measured once: what wrk leaves in the queue when it ends would be in the way of a second time.
        Sample busy = wrk(subject.url(Shape.QUERY_PATH), customer, Edits.QUERY, parameters.connections())
                .run(parameters.seconds());
        return EdgeReport.of(Surroundings.find(loadBefore), parameters, cachedPairs, uncachedPairs, busy);
    }

    /** Asked until it comes from the cache. */
    private static String answer(Subject subject, Customer customer, String body) throws Exception {
        long begun = System.nanoTime();
        subject.ask(customer, Shape.QUERY_PATH, body);
        say("first query: %d ms", (System.nanoTime() - begun) / 1_000_000);
        return subject.ask(customer, Shape.QUERY_PATH, body);
    }

    private static Measurement wrk(String url, Customer customer, String body, int connections) {
        Wrk wrk = new Wrk(url, customer.key(), body);
        return seconds -> wrk.run(connections, seconds);
    }

    private static void say(String format, Object... values) {
        OUT.printf(format + "%n", values);
    }

    private synchronized <T extends AutoCloseable> T push(T part) {
        open.push(part);
        return part;
    }

    private synchronized void closeLast() throws Exception {
        open.pop().close();
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
