package dev.sextant.perf;

import dev.sextant.perf.Subject.Customer;
import dev.sextant.perf.load.LoadPlan;
import dev.sextant.perf.load.LoadPlan.Phase;
import dev.sextant.perf.load.LoadProcess;
import dev.sextant.perf.load.LoadReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Ten thousand different questions at once, each of which takes the engine a second: what waiting costs the server. */
final class DistinctPart {

    private static final String PART = "distinct";
    private static final int QUERIES = 10_000;
    private static final int TENANTS = 50;
    private static final int WARM_UP_MILLIS = 60_000;
    private static final int CALM_MILLIS = 5_000;
    private static final int QUERIES_BEFORE = WARM_UP_MILLIS + QUERIES + CALM_MILLIS;
    private static final int OFFERED_MILLIS = 2_000;
    private static final double HEAP_MEBIBYTES_MAX = 768;
    private static final double IN_FLIGHT_MILLIS_MAX = 3_000;
    private static final double REFUSAL_MILLIS_MAX = 50;

    /** So that all may be under way. */
    private static final Map<String, String> RAISED =
            Map.of("query.admission.max", "20000", "query.admission.per_tenant_max", "1000");

    private static final String BODY = "{\"dataset\":\"events\",\"measures\":[{\"agg\":\"count\"}],"
            + "\"filter\":{\"field\":\"latency_ms\",\"op\":\"eq\",\"value\":%N%}}";

    private final Path folder;

    DistinctPart(Path folder) {
        this.folder = folder;
    }

    void measure(Findings findings) throws Exception {
        measure(RAISED, findings);
        measure(Map.of(), findings);
    }

    private void measure(Map<String, String> settings, Findings findings) throws Exception {
        Path data = Files.createDirectories(folder.resolve(settings.isEmpty() ? "default" : "raised"));
        try (TimerEngine engine = new TimerEngine(QUERIES_BEFORE);
                Subject subject = Subject.start(data, settings, _ -> engine)) {
            List<String> keys = new ArrayList<>();
            for (int i = 0; i < TENANTS; i++) {
                Customer customer = subject.newCustomer("shop " + i, ShopEvents.DATASET, ShopEvents.MODEL);
                keys.add(customer.key());
            }
            Heap heap = Heap.watch();
            LoadReport.Phase phase = LoadProcess.run(plan(subject, keys)).phase("all");
            report(findings, settings, phase, engine.counts(), heap.peakMebibytes());
        }
    }

    private static void report(
            Findings findings,
            Map<String, String> settings,
            LoadReport.Phase phase,
            TimerEngine.Counts counts,
            double heapMebibytes) {
        boolean raised = !settings.isEmpty();
        String name = raised ? "limits raised" : "default limits";
        boolean holds = raised
                ? phase.with(200) == QUERIES
                        && phase.wrong() == 0
                        && counts.arrivalMillis() <= IN_FLIGHT_MILLIS_MAX
                        && heapMebibytes <= HEAP_MEBIBYTES_MAX
                : phase.failed() == 0
                        && phase.wrong() == 0
                        && Set.of(200, 429, 503).containsAll(phase.statuses().keySet())
                        && phase.refused().max() < REFUSAL_MILLIS_MAX;
        List<Object> figures = new ArrayList<>(List.of(
                "status_200",
                phase.with(200),
                "status_429",
                phase.with(429),
                "status_503",
                phase.with(503),
                "failed",
                phase.failed(),
                "wrong",
                phase.wrong(),
                "in_engine_at_once",
                counts.runningMax(),
                "all_arrived_ms",
                counts.arrivalMillis()));
        figures.addAll(List.of(
                "p50_ms",
                phase.all().p50(),
                "p99_ms",
                phase.all().p99(),
                "max_ms",
                phase.all().max(),
                "refusal_p99_ms",
                phase.refused().p99(),
                "refusal_max_ms",
                phase.refused().max(),
                "heap_peak_mib",
                heapMebibytes,
                "heap_max_mib",
                Heap.maxMebibytes()));
        phase.codes().forEach((code, count) -> figures.addAll(List.of("code_" + code, count)));
        settings.forEach((setting, value) -> figures.addAll(List.of(setting, Double.valueOf(value))));
        findings.add(PART, name, holds, figures.toArray());
    }

    /** A server that has been up for a while: a query each millisecond, and a burst before the one that counts. */
    private static LoadPlan plan(Subject subject, List<String> keys) {
        return new LoadPlan(
                subject.port(),
                Shape.QUERY_PATH,
                keys,
                List.of(BODY),
                QUERIES,
                "\"rows\":[[%N%]]",
                List.of(
                        new Phase("warm-up", WARM_UP_MILLIS, WARM_UP_MILLIS, 0),
                        new Phase("rehearsal", QUERIES, OFFERED_MILLIS, 0),
                        new Phase("calm", CALM_MILLIS, CALM_MILLIS, 0),
                        new Phase("all", QUERIES, OFFERED_MILLIS, 0)));
    }
}
