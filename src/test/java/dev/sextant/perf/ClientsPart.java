package dev.sextant.perf;

import dev.sextant.perf.Subject.Customer;
import dev.sextant.perf.load.LoadPlan;
import dev.sextant.perf.load.LoadPlan.Phase;
import dev.sextant.perf.load.LoadProcess;
import dev.sextant.perf.load.LoadReport;
import java.util.List;
import java.util.Set;

/** Many clients at once, of all tenants, who ask what dashboards ask again and again. */
final class ClientsPart {

    private static final int CLIENTS = 10_000;
    private static final int REQUESTS_PER_SECOND = 2_500;
    private static final int SECONDS = 20;

    /** Until the server's compiler has little left to do. */
    private static final int WARM_UP_SECONDS = 60;

    private static final double P99_MILLIS_MAX = 100;

    private static final int KEPT = 8_000;
    private static final int FRESH = 4_000;
    private static final int BURST = 20_000;
    private static final int BACK_SECONDS = 5;

    private final Subject subject;
    private final List<Customer> customers;

    ClientsPart(Subject subject, List<Customer> customers) {
        this.subject = subject;
        this.customers = customers;
    }

    /** Connected clients who think between their requests. */
    void steady(Findings findings) throws Exception {
        Heap heap = Heap.watch();
        LoadReport report = LoadProcess.run(plan(
                CLIENTS,
                List.of(
                        new Phase("warm-up", REQUESTS_PER_SECOND * WARM_UP_SECONDS, WARM_UP_SECONDS * 1000, 0),
                        new Phase("steady", REQUESTS_PER_SECOND * SECONDS, SECONDS * 1000, 0))));
        LoadReport.Phase steady = report.phase("steady");
        long errors = steady.requests() - steady.with(200);
        findings.add(
                "clients",
                "%,d clients, %,d/s".formatted(CLIENTS, REQUESTS_PER_SECOND),
                errors == 0 && steady.all().p99() < P99_MILLIS_MAX,
                "requests",
                steady.requests(),
                "errors",
                errors,
                "p50_ms",
                steady.all().p50(),
                "p95_ms",
                steady.all().p95(),
                "p99_ms",
                steady.all().p99(),
                "max_ms",
                steady.all().max(),
                "heap_peak_mib",
                heap.peakMebibytes(),
                "heap_max_mib",
                Heap.maxMebibytes());
    }

    /** All at once, over kept connections and new ones; then as before. */
    void burst(Findings findings) throws Exception {
        Heap heap = Heap.watch();
        LoadReport report = LoadProcess.run(plan(
                KEPT,
                List.of(
                        new Phase("warm-up", 8_000, 8_000, 0),
                        new Phase("burst", BURST, 1_000, FRESH),
                        new Phase("after", 500 * 8, 8_000, 0))));
        LoadReport.Phase burst = report.phase("burst");
        LoadReport.Phase after = report.phase("after");
        double back = after.secondToP99().stream()
                .skip(BACK_SECONDS - 1)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        findings.add(
                "burst",
                "%,d in a second".formatted(BURST),
                burst.failed() == 0
                        && Set.of(200, 429, 503).containsAll(burst.statuses().keySet())
                        && back < P99_MILLIS_MAX,
                "resets",
                burst.failed(),
                "status_200",
                burst.with(200),
                "status_429",
                burst.with(429),
                "status_503",
                burst.with(503),
                "p50_ms",
                burst.all().p50(),
                "p99_ms",
                burst.all().p99(),
                "max_ms",
                burst.all().max(),
                "first_second_after_p99_ms",
                after.secondToP99().getFirst(),
                "p99_after_5s_ms",
                back,
                "heap_peak_mib",
                heap.peakMebibytes());
    }

    private LoadPlan plan(int connections, List<Phase> phases) {
        Shape shape = Shape.all().stream()
                .filter(each -> each.name().equals("hourly series"))
                .findFirst()
                .orElseThrow();
        return new LoadPlan(
                subject.port(),
                shape.path(),
                customers.stream().map(Customer::key).toList(),
                List.of(shape.with(1)),
                connections,
                "",
                phases);
    }
}
