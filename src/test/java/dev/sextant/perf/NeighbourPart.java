package dev.sextant.perf;

import dev.sextant.perf.Disturbance.Measured;
import dev.sextant.perf.Subject.Customer;
import dev.sextant.perf.load.LoadPlan;
import dev.sextant.perf.load.LoadPlan.Phase;
import dev.sextant.perf.load.LoadProcess;
import dev.sextant.perf.load.LoadReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * What a tenant that offers fifty times its share does to another one; both by open loops.
 *
 * <p>Tenants that ask have equal shares of the machine: with two of them, half of its cores each. What the noisy one offers
 * is told by what one of its queries takes of them when it is alone. Its requests are sent by a process that runs after
 * everybody else, on one core, since in earnest they come from other machines; those of the quiet one are not.
 */
final class NeighbourPart {

    private static final int TIMES = 50;
    private static final double SHARE_CORES = Runtime.getRuntime().availableProcessors() / 2.0;
    private static final int NOISY_CONNECTIONS = 512;
    private static final int PROBES = 60;

    /** Of the quiet tenant, each time: of fewer, the p99 alone differs by half from one time to the next. */
    private static final int REQUESTS = 1_800;

    /** Before, the noise is there; and after. */
    private static final int MARGIN_SECONDS = 3;

    private final Subject subject;
    private final Customer quietCustomer;
    private final Customer noisy;
    private final int pairs;
    private final List<LoadReport.Phase> noise = new ArrayList<>();
    /** Numbers no run had before: what was answered once may be kept beside the data. */
    private long runs = System.currentTimeMillis() / 100;

    NeighbourPart(Subject subject, Customer quiet, Customer noisy, int pairs) {
        this.subject = subject;
        this.quietCustomer = quiet;
        this.noisy = noisy;
        this.pairs = pairs;
    }

    void measure(Findings findings) throws Exception {
        double costMillis = costMillis();
        int perSecond = (int) Math.ceil(TIMES * SHARE_CORES * 1000 / costMillis);
        findings.add(
                "neighbour",
                "the noise",
                null,
                "share_cores",
                SHARE_CORES,
                "query_cpu_ms",
                costMillis,
                "per_second",
                perSecond,
                "times_its_share",
                perSecond * costMillis / 1000 / SHARE_CORES);
        QuietTenant quiet = new QuietTenant(subject, quietCustomer, this::quietBodies, REQUESTS);
        beside(quiet, perSecond);
        noise.clear();
        Disturbance disturbance =
                Disturbance.measure(findings, "neighbour", pairs, quiet::measure, () -> beside(quiet, perSecond));
        int seconds = noiseSeconds(quiet);
        disturbance.judge(
                TIMES + " times its share",
                "noisy_answered_per_second",
                Pairs.median(noise.stream().mapToDouble(phase -> phase.with(200) / (double) seconds)),
                "noisy_refused_per_second",
                Pairs.median(noise.stream()
                        .mapToDouble(phase -> phase.with(429) + phase.with(503))
                        .map(n -> n / seconds)),
                "noisy_refusal_p50_ms",
                Pairs.median(noise.stream().mapToDouble(phase -> phase.refused().p50())));
    }

    /** What one query of the noisy tenant takes of the server's CPU, parsing and all, once it is warm. */
    private double costMillis() throws IOException, InterruptedException {
        Shape shape = Shape.named("distinct, exact");
        for (int i = 0; i < PROBES; i++) {
            subject.ask(noisy, shape.path(), fresh(shape).replace(Edits.NUMBER, ""));
        }
        CpuClock cpu = new CpuClock();
        for (int i = 0; i < PROBES; i++) {
            subject.ask(noisy, shape.path(), fresh(shape).replace(Edits.NUMBER, ""));
        }
        return cpu.microsFor(PROBES) / 1000;
    }

    private Measured beside(QuietTenant quiet, int noisyPerSecond) throws IOException, InterruptedException {
        CompletableFuture<LoadReport> noisyEnd =
                CompletableFuture.supplyAsync(() -> noise(noisyPerSecond, noiseSeconds(quiet)));
        TimeUnit.SECONDS.sleep(MARGIN_SECONDS);
        Measured disturbed = quiet.measure();
        noise.add(noisyEnd.join().phase("load"));
        return disturbed;
    }

    private static int noiseSeconds(QuietTenant quiet) {
        return quiet.seconds() + 2 * MARGIN_SECONDS;
    }

    private LoadReport noise(int perSecond, int seconds) {
        try {
            return LoadProcess.runAside(new LoadPlan(
                    subject.port(),
                    Shape.QUERY_PATH,
                    List.of(noisy.key()),
                    List.of(fresh(Shape.named("distinct, exact"))),
                    NOISY_CONNECTIONS,
                    "",
                    List.of(
                            new Phase("warm-up", perSecond, 1_000, 0),
                            new Phase("load", perSecond * seconds, seconds * 1000, 0))));
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    /** What a dashboard asks: as many questions that were asked before as new ones. */
    private List<String> quietBodies() {
        Shape totals = Shape.named("totals");
        Shape series = Shape.named("hourly series");
        return List.of(fresh(totals), totals.with(1), fresh(series), series.with(1));
    }

    /** Every process counts from 0: its numbers are those of nobody before it by their first three digits. */
    private synchronized String fresh(Shape shape) {
        return shape.body().replace(Edits.NUMBER, ++runs + Edits.NUMBER);
    }
}
