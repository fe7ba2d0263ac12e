package dev.sextant.perf;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.kernel.Json;
import dev.sextant.perf.Subject.Customer;
import dev.sextant.perf.load.LoadPlan;
import dev.sextant.perf.load.LoadPlan.Phase;
import dev.sextant.perf.load.LoadProcess;
import dev.sextant.perf.load.LoadReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** How soon events can be seen that a cluster has accepted, while many come; and whether each is there once. */
final class FreshnessPart {

    private static final String PART = "freshness";
    private static final int EVENTS_PER_SECOND = 2_000;
    private static final int EVENTS = 40;
    private static final int CONNECTIONS = 16;

    /** The load's process takes a while to start; it ends after the probes do. */
    private static final int MARGIN_SECONDS = 5;

    private static final double P50_MILLIS_MAX = 250;
    private static final double P99_MILLIS_MAX = 1_500;
    private static final int LOOKS_MAX = 60;

    private final Subject subject;
    private final Customer customer;
    private final int warmUpSeconds;
    private final int seconds;

    /** What was found with some number of nodes. */
    record Freshness(int nodes, int missing, double p50Millis, double p99Millis) {

        boolean holds() {
            return missing == 0 && p50Millis < P50_MILLIS_MAX && p99Millis < P99_MILLIS_MAX;
        }
    }

    FreshnessPart(Subject subject, Customer customer, ClusterParameters parameters) {
        this.subject = subject;
        this.customer = customer;
        this.warmUpSeconds = parameters.warmUpSeconds();
        this.seconds = parameters.seconds();
    }

    Freshness measure(Findings findings, int nodes) throws Exception {
        long before = totals(Visits.HISTORY)[0];
        CompletableFuture<LoadReport> load = CompletableFuture.supplyAsync(this::load);
        Prober prober = new Prober(subject, customer);
        prober.run(warmUpSeconds + MARGIN_SECONDS, seconds);
        LoadReport report = load.join();
        long expected = before + prober.accepted() + accepted(report);
        reportTotals(findings, nodes, totals(expected), expected);
        return reportFreshness(findings, nodes, prober, report.phase("load"));
    }

    private Freshness reportFreshness(Findings findings, int nodes, Prober prober, LoadReport.Phase load) {
        Freshness freshness = new Freshness(nodes, prober.missing(), prober.millis(50), prober.millis(99));
        findings.add(
                PART,
                nodes + " nodes",
                freshness.holds(),
                "p50_ms",
                freshness.p50Millis(),
                "p99_ms",
                freshness.p99Millis(),
                "max_ms",
                prober.millis(100),
                "version_p50_ms",
                prober.versionMillis(50),
                "version_p99_ms",
                prober.versionMillis(99),
                "probes",
                prober.probes(),
                "missing",
                prober.missing(),
                "looks",
                prober.looks(),
                "looks_refused",
                prober.unanswered(),
                "accepted_per_s",
                load.with(202) * EVENTS / (double) (seconds + MARGIN_SECONDS),
                "accept_p50_ms",
                load.all().p50(),
                "accept_p99_ms",
                load.all().p99(),
                "refused",
                (load.requests() - load.with(202)) * EVENTS + prober.refused());
        return freshness;
    }

    private static void reportTotals(Findings findings, int nodes, long[] totals, long expected) {
        findings.add(
                PART,
                nodes + " nodes, each once",
                totals[0] == expected && totals[1] == expected,
                "accepted",
                expected,
                "lost",
                expected - totals[1],
                "twice",
                totals[0] - totals[1]);
    }

    private LoadReport load() {
        int batches = EVENTS_PER_SECOND / EVENTS;
        int loadSeconds = seconds + MARGIN_SECONDS;
        try {
            return LoadProcess.run(new LoadPlan(
                    subject.port(),
                    Visits.EVENTS_PATH,
                    List.of(customer.key()),
                    List.of(Visits.batch("b%N%", EVENTS)),
                    CONNECTIONS,
                    "",
                    List.of(
                            new Phase("warm-up", batches * warmUpSeconds, warmUpSeconds * 1_000, 0),
                            new Phase("load", batches * loadSeconds, loadSeconds * 1_000, 0))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long accepted(LoadReport report) {
        return report.phases().stream().mapToLong(phase -> phase.with(202)).sum() * EVENTS;
    }

    /** As soon as there are as many as were accepted, or a minute later. */
    private long[] totals(long expected) throws IOException, InterruptedException {
        long[] totals = totals();
        for (int looks = 1; totals[0] < expected && looks < LOOKS_MAX; looks++) {
            TimeUnit.SECONDS.sleep(1);
            totals = totals();
        }
        return totals;
    }

    /** How many events there are, and how many marks. */
    private long[] totals() throws IOException, InterruptedException {
        String answer = subject.ask(customer, Shape.QUERY_PATH, Visits.TOTALS);
        JsonNode row = Json.tree(answer.getBytes(StandardCharsets.UTF_8)).at("/rows/0");
        return new long[] {row.path(0).longValue(), row.path(1).longValue()};
    }
}
