package dev.sextant.perf;

import dev.sextant.perf.load.LoadReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What others do to the p99 of a quiet tenant: it is measured alone and beside them, in turns. Blocks. */
final class Disturbance {

    private static final double MEDIAN_MAX = 1.2;
    private static final double GREATEST_MAX = 1.5;
    private static final double CORES_MAX = 0.2;

    /** @param cores what the server took meanwhile: where the tenant is alone, for it */
    record Measured(LoadReport.Phase phase, double cores) {}

    interface Run {
        Measured measure() throws IOException, InterruptedException;
    }

    private record Pair(Measured alone, Measured beside) {
        double ratio() {
            return beside.phase().all().p99() / alone.phase().all().p99();
        }

        long refused() {
            return beside.phase().requests() - beside.phase().with(200);
        }
    }

    private final Findings findings;
    private final String part;
    private final List<Pair> pairs = new ArrayList<>();

    private Disturbance(Findings findings, String part) {
        this.findings = findings;
        this.part = part;
    }

    /** Measures, and tells of each pair. */
    static Disturbance measure(Findings findings, String part, int pairs, Run alone, Run beside)
            throws IOException, InterruptedException {
        Disturbance disturbance = new Disturbance(findings, part);
        for (int i = 0; i < pairs; i++) {
            disturbance.add(pair(i % 2 == 0, alone, beside));
        }
        return disturbance;
    }

    private static Pair pair(boolean isAloneFirst, Run alone, Run beside) throws IOException, InterruptedException {
        Measured first = isAloneFirst ? alone.measure() : beside.measure();
        Measured second = isAloneFirst ? beside.measure() : alone.measure();
        return isAloneFirst ? new Pair(first, second) : new Pair(second, first);
    }

    private void add(Pair pair) {
        pairs.add(pair);
        findings.add(
                part,
                "pair " + pairs.size(),
                null,
                "alone_p50_ms",
                pair.alone().phase().all().p50(),
                "beside_p50_ms",
                pair.beside().phase().all().p50(),
                "alone_p99_ms",
                pair.alone().phase().all().p99(),
                "beside_p99_ms",
                pair.beside().phase().all().p99(),
                "ratio",
                pair.ratio());
    }

    /**
     * Tells whether it holds.
     *
     * @param figures about the others: names, each with its number
     */
    void judge(String name, Object... figures) {
        Ratio ratio = Ratio.of(
                "p99 beside / alone", pairs.stream().mapToDouble(Pair::ratio).toArray());
        double cores =
                Pairs.median(pairs.stream().mapToDouble(pair -> pair.alone().cores()));
        long refused = pairs.stream().mapToLong(Pair::refused).sum();
        findings.add(
                part,
                name,
                ratio.median() <= MEDIAN_MAX && ratio.greatest() <= GREATEST_MAX && refused == 0 && cores <= CORES_MAX,
                Stream.concat(
                                Stream.of(
                                        "requests_each",
                                        pairs.getFirst().beside().phase().requests(),
                                        "refused",
                                        refused,
                                        "quiet_cores",
                                        cores,
                                        "ratio",
                                        ratio.median(),
                                        "ratio_least",
                                        ratio.least(),
                                        "ratio_greatest",
                                        ratio.greatest()),
                                Stream.of(figures))
                        .toArray());
    }
}
