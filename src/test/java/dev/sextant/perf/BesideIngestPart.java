package dev.sextant.perf;

import dev.sextant.perf.Subject.Customer;
import dev.sextant.perf.load.LoadPlan;
import dev.sextant.perf.load.LoadPlan.Phase;
import dev.sextant.perf.load.LoadProcess;
import dev.sextant.perf.load.LoadReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What queries take of a cluster while a few events come: those of a dashboard, and those that nobody asked before. */
final class BesideIngestPart {

    private static final int QUERIES_PER_SECOND = 20;
    private static final int BATCHES_PER_SECOND = 10;
    private static final int EVENTS = 4;
    private static final int CONNECTIONS = 16;
    private static final int WARM_UP_SECONDS = 15;

    private final Subject subject;
    private final Customer customer;
    private final int seconds;

    BesideIngestPart(Subject subject, Customer customer, int seconds) {
        this.subject = subject;
        this.customer = customer;
        this.seconds = seconds;
    }

    void measure(Findings findings, int nodes) {
        CompletableFuture<LoadReport> ingest =
                load(Visits.EVENTS_PATH, List.of(Visits.batch("few%N%", EVENTS)), BATCHES_PER_SECOND);
        CompletableFuture<LoadReport> cached = load(Shape.QUERY_PATH, Visits.PANELS, QUERIES_PER_SECOND);
        CompletableFuture<LoadReport> uncached = load(Shape.QUERY_PATH, List.of(Visits.QUESTION), QUERIES_PER_SECOND);
        report(findings, nodes + " nodes, cached", cached.join(), 200);
        report(findings, nodes + " nodes, uncached", uncached.join(), 200);
        report(findings, nodes + " nodes, accepting", ingest.join(), 202);
    }

    private CompletableFuture<LoadReport> load(String path, List<String> bodies, int perSecond) {
        LoadPlan plan = new LoadPlan(
                subject.port(),
                path,
                List.of(customer.key()),
                bodies,
                CONNECTIONS,
                "",
                List.of(
                        new Phase("warm-up", perSecond * WARM_UP_SECONDS, WARM_UP_SECONDS * 1_000, 0),
                        new Phase("load", perSecond * seconds, seconds * 1_000, 0)));
        return CompletableFuture.supplyAsync(() -> {
            try {
                return LoadProcess.run(plan);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void report(Findings findings, String name, LoadReport report, int status) {
        LoadReport.Phase phase = report.phase("load");
        findings.add(
                "latency",
                name,
                null,
                "p50_ms",
                phase.all().p50(),
                "p95_ms",
                phase.all().p95(),
                "p99_ms",
                phase.all().p99(),
                "max_ms",
                phase.all().max(),
                "requests",
                phase.requests(),
                "errors",
                phase.requests() - phase.with(status));
    }
}
