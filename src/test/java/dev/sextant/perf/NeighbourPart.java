package dev.sextant.perf;

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
    /** What the quiet tenant takes of the server. */
    private static final double QUIET_CORES = 0.15;

    /** In one measurement: nine of them are above the p99. */
    private static final int QUIET_REQUESTS = 900;

    private static final int WARM_UP_PER_SECOND = 150;
    private static final int WARM_UP_SECONDS = 40;
    private static final int QUIET_CONNECTIONS = 16;
    private static final int NOISY_CONNECTIONS = 512;
    /** Before, the noise is there; and after. */
    private static final int MARGIN_SECONDS = 3;

    private static final int PROBES = 60;
    private static final int PROBES_PER_SECOND = 20;

    private static final double MEDIAN_MAX = 1.2;
    private static final double GREATEST_MAX = 1.5;
    private static final double QUIET_CORES_MAX = 0.2;

    /** One pair: the quiet tenant by itself, and beside the noisy one. */
    private record Pair(Quiet alone, Quiet beside) {
        double ratio() {
            return beside.phase().all().p99() / alone.phase().all().p99();
        }
    }

    /** @param cores what the server took of the machine meanwhile */
    private record Quiet(LoadReport.Phase phase, double cores) {
        long refused() {
            return phase.requests() - phase.with(200);
        }
    }

    private final Subject subject;
    private final Customer quiet;
    private final Customer noisy;
    private final int pairs;
    private final List<LoadReport.Phase> noise = new ArrayList<>();
    /** Numbers no run had before: what was answered once may be kept beside the data. */
    private long runs = System.currentTimeMillis() / 100;

    private int quietPerSecond;

    NeighbourPart(Subject subject, Customer quiet, Customer noisy, int pairs) {
        this.subject = subject;
        this.quiet = quiet;
        this.noisy = noisy;
        this.pairs = pairs;
    }

    void measure(Findings findings) throws Exception {
        double costMillis = costMillis();
        int noisyPerSecond = (int) Math.ceil(TIMES * SHARE_CORES * 1000 / costMillis);
        findings.add(
                "neighbour",
                "the noise",
                null,
                "share_cores",
                SHARE_CORES,
                "query_cpu_ms",
                costMillis,
                "per_second",
                noisyPerSecond,
                "times_its_share",
                noisyPerSecond * costMillis / 1000 / SHARE_CORES);
        quietPerSecond = (int) Math.round(QUIET_CORES * 1_000_000 / warmUp());
        beside(noisyPerSecond);
        noise.clear();
        List<Pair> measured = new ArrayList<>();
        for (int i = 0; i < pairs; i++) {
            Pair pair = pair(i % 2 == 0, noisyPerSecond);
            measured.add(pair);
            report(findings, "pair " + (i + 1), pair);
        }
        report(findings, measured);
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

    private Pair pair(boolean aloneFirst, int noisyPerSecond) throws IOException, InterruptedException {
        Quiet first = aloneFirst ? alone() : beside(noisyPerSecond);
        Quiet second = aloneFirst ? beside(noisyPerSecond) : alone();
        return aloneFirst ? new Pair(first, second) : new Pair(second, first);
    }

    private static void report(Findings findings, String name, Pair pair) {
        findings.add(
                "neighbour",
                name,
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

    private void report(Findings findings, List<Pair> measured) {
        Ratio ratio = Ratio.of(
                "p99 beside / alone", measured.stream().mapToDouble(Pair::ratio).toArray());
        double cores = Pairs.median(measured.stream().mapToDouble(pair -> pair.alone.cores()));
        long refused =
                measured.stream().mapToLong(pair -> pair.beside().refused()).sum();
        findings.add(
                "neighbour",
                TIMES + " times its share",
                ratio.median() <= MEDIAN_MAX
                        && ratio.greatest() <= GREATEST_MAX
                        && refused == 0
                        && cores <= QUIET_CORES_MAX,
                "requests_each",
                measured.getFirst().beside().phase().requests(),
                "refused",
                refused,
                "quiet_cores",
                cores,
                "noisy_answered_per_second",
                Pairs.median(noise.stream().mapToDouble(phase -> phase.with(200) / (double) noiseSeconds())),
                "noisy_refused_per_second",
                Pairs.median(noise.stream()
                        .mapToDouble(phase -> phase.with(429) + phase.with(503))
                        .map(n -> n / noiseSeconds())),
                "noisy_refusal_p50_ms",
                Pairs.median(noise.stream().mapToDouble(phase -> phase.refused().p50())),
                "ratio",
                ratio.median(),
                "ratio_least",
                ratio.least(),
                "ratio_greatest",
                ratio.greatest());
    }

    private Quiet alone() throws IOException {
        CpuClock cpu = new CpuClock();
        LoadReport report = LoadProcess.run(plan(quiet, quietBodies(), QUIET_CONNECTIONS, quietPerSecond, seconds()));
        long requests =
                report.phases().stream().mapToLong(LoadReport.Phase::requests).sum();
        return new Quiet(report.phase("load"), cpu.microsFor(requests) * quietPerSecond / 1e6);
    }

    /**
     * Until its compiler has little left to do, whose threads would count as the neighbour.
     *
     * @return what one query of the quiet tenant takes of the server's CPU by then, in microseconds
     */
    private double warmUp() throws IOException {
        LoadProcess.run(plan(quiet, quietBodies(), QUIET_CONNECTIONS, WARM_UP_PER_SECOND, WARM_UP_SECONDS));
        CpuClock cpu = new CpuClock();
        LoadReport report = LoadProcess.run(
                plan(quiet, quietBodies(), QUIET_CONNECTIONS, PROBES_PER_SECOND, PROBES / PROBES_PER_SECOND));
        return cpu.microsFor(
                report.phases().stream().mapToLong(LoadReport.Phase::requests).sum());
    }

    private Quiet beside(int noisyPerSecond) throws IOException, InterruptedException {
        CompletableFuture<LoadReport> noisyEnd = CompletableFuture.supplyAsync(() -> noise(noisyPerSecond));
        TimeUnit.SECONDS.sleep(MARGIN_SECONDS);
        Quiet disturbed = alone();
        noise.add(noisyEnd.join().phase("load"));
        return disturbed;
    }

    private int seconds() {
        return Math.ceilDiv(QUIET_REQUESTS, quietPerSecond);
    }

    private int noiseSeconds() {
        return seconds() + 2 * MARGIN_SECONDS;
    }

    private LoadReport noise(int perSecond) {
        Shape shape = Shape.named("distinct, exact");
        try {
            return LoadProcess.runAside(
                    plan(noisy, List.of(fresh(shape)), NOISY_CONNECTIONS, perSecond, noiseSeconds()));
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

    private LoadPlan plan(Customer customer, List<String> bodies, int connections, int perSecond, int seconds) {
        return new LoadPlan(
                subject.port(),
                Shape.QUERY_PATH,
                List.of(customer.key()),
                bodies,
                connections,
                "",
                List.of(
                        new Phase("warm-up", perSecond, 1_000, 0),
                        new Phase("load", perSecond * seconds, seconds * 1000, 0)));
    }
}
