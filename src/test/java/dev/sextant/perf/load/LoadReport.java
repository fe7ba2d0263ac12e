package dev.sextant.perf.load;

import java.util.List;
import java.util.Map;

/** What came of a load. */
public record LoadReport(List<Phase> phases) {

    /**
     * One phase. Latencies are from the moment that a request was due until its answer was there whole.
     *
     * @param statuses how often each status came
     * @param codes how often each problem came, by its code
     * @param failures how often a connection failed, by what it said
     * @param wrong answers that were not the request's own
     * @param refused latencies of 429 and 503 only
     * @param secondToP99 the p99 of the requests that were due in each second, in ms
     */
    public record Phase(
            String name,
            long requests,
            Map<Integer, Long> statuses,
            Map<String, Long> codes,
            Map<String, Long> failures,
            long wrong,
            Latency all,
            Latency refused,
            List<Double> secondToP99) {

        public long failed() {
            return failures.values().stream().mapToLong(Long::longValue).sum();
        }

        public long with(int status) {
            return statuses.getOrDefault(status, 0L);
        }
    }

    /** In ms. */
    public record Latency(double p50, double p95, double p99, double max) {}

    public Phase phase(String name) {
        return phases.stream()
                .filter(phase -> phase.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
