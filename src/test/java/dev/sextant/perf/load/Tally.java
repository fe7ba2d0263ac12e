package dev.sextant.perf.load;

import dev.sextant.perf.load.LoadReport.Latency;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Counts what comes of the requests of one phase. For one thread. */
final class Tally {

    private static final int DIGITS = 3;
    private static final long MICROS_MAX = 120_000_000;

    private final LoadPlan.Phase phase;
    private final Map<Integer, Long> statuses = new TreeMap<>();
    private final Map<String, Long> codes = new TreeMap<>();
    private final Map<String, Long> failures = new TreeMap<>();
    private final Histogram all = new Histogram(MICROS_MAX, DIGITS);
    private final Histogram refused = new Histogram(MICROS_MAX, DIGITS);
    private final List<Histogram> seconds = new ArrayList<>();
    private long wrong;
    private int ended;

    Tally(LoadPlan.Phase phase) {
        this.phase = phase;
        for (int second = 0; second <= phase.millis() / 1000; second++) {
            seconds.add(new Histogram(MICROS_MAX, DIGITS));
        }
    }

    /** @param dueNanos since the beginning of the phase */
    void answered(int status, boolean own, long dueNanos, long tookNanos) {
        long micros = Math.min(MICROS_MAX, tookNanos / 1000);
        statuses.merge(status, 1L, Long::sum);
        all.recordValue(micros);
        seconds.get((int) Math.min(seconds.size() - 1, dueNanos / 1_000_000_000L))
                .recordValue(micros);
        if (status == 429 || status == 503) {
            refused.recordValue(micros);
        }
        if (!own) {
            wrong++;
        }
        ended++;
    }

    /** Notes what an answer said that was a problem. */
    void refused(String code) {
        codes.merge(code, 1L, Long::sum);
    }

    void failed(Throwable failure) {
        failures.merge(failure.getClass().getSimpleName() + ": " + failure.getMessage(), 1L, Long::sum);
        ended++;
    }

    boolean isComplete() {
        return ended == phase.requests();
    }

    LoadReport.Phase report() {
        return new LoadReport.Phase(
                phase.name(),
                phase.requests(),
                statuses,
                codes,
                failures,
                wrong,
                latency(all),
                latency(refused),
                seconds.stream().map(second -> millis(second, 99)).toList());
    }

    private static Latency latency(Histogram histogram) {
        return new Latency(millis(histogram, 50), millis(histogram, 95), millis(histogram, 99), millis(histogram, 100));
    }

    private static double millis(Histogram histogram, double percentile) {
        return histogram.getTotalCount() == 0 ? 0 : histogram.getValueAtPercentile(percentile) / 1e3;
    }
}
