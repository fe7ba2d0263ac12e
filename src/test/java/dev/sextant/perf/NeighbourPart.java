package dev.sextant.perf;

import dev.sextant.perf.Subject.Customer;
import dev.sextant.perf.load.LoadPlan;
import dev.sextant.perf.load.LoadPlan.Phase;
import dev.sextant.perf.load.LoadProcess;
import dev.sextant.perf.load.LoadReport;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What a tenant that offers fifty times its share does to another one: uncached queries of both, open loop. */
final class NeighbourPart {

    private static final int QUIET_PER_SECOND = 10;
    private static final int TIMES = 50;
    private static final int SECONDS = 8;
    private static final double MEDIAN_MAX = 1.2;
    private static final double GREATEST_MAX = 1.5;

    private final Subject subject;
    private final Customer quiet;
    private final Customer noisy;
    private final int pairs;

    NeighbourPart(Subject subject, Customer quiet, Customer noisy, int pairs) {
        this.subject = subject;
        this.quiet = quiet;
        this.noisy = noisy;
        this.pairs = pairs;
    }

    void measure(Findings findings) throws Exception {
        double[] ratios = new double[pairs];
        long refused = 0;
        double[] alone = new double[pairs];
        double[] beside = new double[pairs];
        alone();
        for (int i = 0; i < pairs; i++) {
            LoadReport.Phase first = i % 2 == 0 ? alone() : beside();
            LoadReport.Phase second = i % 2 == 0 ? beside() : alone();
            LoadReport.Phase lonely = i % 2 == 0 ? first : second;
            LoadReport.Phase disturbed = i % 2 == 0 ? second : first;
            alone[i] = lonely.all().p99();
            beside[i] = disturbed.all().p99();
            ratios[i] = beside[i] / alone[i];
            refused += disturbed.requests() - disturbed.with(200);
        }
        Ratio ratio = Ratio.of("p99 beside / alone", ratios);
        findings.add(
                "neighbour",
                TIMES + " times its share",
                ratio.median() <= MEDIAN_MAX && ratio.greatest() <= GREATEST_MAX && refused == 0,
                "refused",
                refused,
                "alone_p99_ms",
                Pairs.median(java.util.stream.DoubleStream.of(alone)),
                "beside_p99_ms",
                Pairs.median(java.util.stream.DoubleStream.of(beside)),
                "ratio",
                ratio.median(),
                "ratio_least",
                ratio.least(),
                "ratio_greatest",
                ratio.greatest());
    }

    private LoadReport.Phase alone() throws Exception {
        return LoadProcess.run(plan(quiet, QUIET_PER_SECOND, SECONDS)).phase("load");
    }

    private LoadReport.Phase beside() throws Exception {
        CompletableFuture<LoadReport> noise = new CompletableFuture<>();
        Thread.ofPlatform().start(() -> {
            try {
                noise.complete(LoadProcess.run(plan(noisy, QUIET_PER_SECOND * TIMES, SECONDS + 4)));
            } catch (java.io.IOException e) {
                noise.completeExceptionally(e);
            }
        });
        TimeUnit.SECONDS.sleep(2); // the noise is there first
        LoadReport.Phase phase = alone();
        noise.get();
        return phase;
    }

    private LoadPlan plan(Customer customer, int perSecond, int seconds) {
        Shape shape = Shape.all().stream()
                .filter(each -> each.name().equals("totals"))
                .findFirst()
                .orElseThrow();
        return new LoadPlan(
                subject.port(),
                shape.path(),
                List.of(customer.key()),
                shape.body(),
                Math.min(64, perSecond),
                "",
                List.of(
                        new Phase("warm-up", perSecond, 1_000, 0),
                        new Phase("load", perSecond * seconds, seconds * 1000, 0)));
    }
}
