package dev.sextant.perf;

import dev.sextant.perf.Subject.Customer;
import dev.sextant.perf.load.DribblePlan;
import dev.sextant.perf.load.DribbleReport;
import dev.sextant.perf.load.LoadPlan;
import dev.sextant.perf.load.LoadPlan.Phase;
import dev.sextant.perf.load.LoadProcess;
import dev.sextant.perf.load.LoadReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * The p99 of a good tenant, alone, and beside thousands of connections that dribble and a flood of bad keys, all different,
 * from the address of the good tenant itself. The attackers run after everybody else, and on one core only, since
 * in earnest they come from other machines.
 */
final class DefencePart {

    private static final int TIMES = 5;
    private static final int GOOD_CONNECTIONS = 16;
    private static final int BAD_CONNECTIONS = 64;
    private static final int ADDRESSES = 50;
    private static final int DRIBBLE_MILLIS = 2_000;

    /** Before, the attack is there; and after. */
    private static final int MARGIN_SECONDS = 5;

    private static final double MEDIAN_MAX = 1.2;
    private static final double GREATEST_MAX = 1.5;

    /** One pair: the good tenant by itself, and beside the attack. */
    private record Pair(Measured alone, Measured beside) {
        double ratio() {
            return beside.phase().all().p99() / alone.phase().all().p99();
        }
    }

    /** @param cores what the server took of the machine meanwhile */
    private record Measured(LoadReport.Phase phase, double cores) {}

    private final Subject subject;
    private final Customer good;
    private final DefenceParameters parameters;
    private final List<LoadReport.Phase> floods = new ArrayList<>();
    private final List<DribbleReport> dribbles = new ArrayList<>();
    private int runs = 100;

    DefencePart(Subject subject, Customer good, DefenceParameters parameters) {
        this.subject = subject;
        this.good = good;
        this.parameters = parameters;
    }

    void measure(Findings findings) throws Exception {
        alone();
        beside();
        floods.clear();
        dribbles.clear();
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < parameters.pairs(); i++) {
            Pair pair = pair(i % 2 == 0);
            pairs.add(pair);
            report(findings, "pair " + (i + 1), pair);
        }
        reportAttack(findings);
        report(findings, pairs);
    }

    private Pair pair(boolean aloneFirst) throws IOException, InterruptedException {
        Measured first = aloneFirst ? alone() : beside();
        Measured second = aloneFirst ? beside() : alone();
        return aloneFirst ? new Pair(first, second) : new Pair(second, first);
    }

    private static void report(Findings findings, String name, Pair pair) {
        findings.add(
                "defence",
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
                "alone_cores",
                pair.alone().cores(),
                "beside_cores",
                pair.beside().cores(),
                "ratio",
                pair.ratio());
    }

    private void reportAttack(Findings findings) {
        findings.add(
                "defence",
                "the attack",
                null,
                "held_connections",
                Pairs.median(dribbles.stream().mapToDouble(DribbleReport::heldMedian)),
                "ended_by_the_server",
                Pairs.median(dribbles.stream().mapToDouble(DribbleReport::ended)),
                "not_let_in",
                Pairs.median(dribbles.stream().mapToDouble(DribbleReport::failed)),
                "bad_keys_per_second",
                Pairs.median(floods.stream().mapToDouble(flood -> flood.requests() / (double) attackSeconds())),
                "answered_401",
                Pairs.median(floods.stream().mapToDouble(flood -> flood.with(401))),
                "answered_429",
                Pairs.median(floods.stream().mapToDouble(flood -> flood.with(429))),
                "answered_200",
                Pairs.median(floods.stream().mapToDouble(flood -> flood.with(200))));
    }

    private void report(Findings findings, List<Pair> pairs) {
        Ratio ratio = Ratio.of(
                "p99 beside / alone", pairs.stream().mapToDouble(Pair::ratio).toArray());
        long refused = pairs.stream()
                .mapToLong(pair ->
                        pair.beside().phase().requests() - pair.beside().phase().with(200))
                .sum();
        findings.add(
                "defence",
                "p99 beside / alone",
                ratio.median() <= MEDIAN_MAX && ratio.greatest() <= GREATEST_MAX && refused == 0,
                "requests_each",
                pairs.getFirst().beside().phase().requests(),
                "refused",
                refused,
                "ratio",
                ratio.median(),
                "ratio_least",
                ratio.least(),
                "ratio_greatest",
                ratio.greatest());
    }

    private Measured alone() throws IOException {
        CpuClock cpu = new CpuClock();
        LoadReport report = LoadProcess.run(new LoadPlan(
                subject.port(),
                Shape.QUERY_PATH,
                List.of(good.key()),
                bodies(),
                GOOD_CONNECTIONS,
                "",
                phases(parameters.perSecond(), parameters.seconds())));
        double seconds = parameters.seconds() + 1.0;
        return new Measured(report.phase("load"), cpu.microsFor(1) / 1e6 / seconds);
    }

    /** One question in ten is new; the rest were asked before. */
    private List<String> bodies() {
        List<String> bodies = new ArrayList<>(Collections.nCopies(9, Edits.QUERY.replace(Edits.NUMBER, "1")));
        bodies.add(fresh());
        return bodies;
    }

    /** Every process counts from 0: its numbers are those of nobody before it by their first three digits. */
    private synchronized String fresh() {
        return Edits.QUERY.replace(Edits.NUMBER, ++runs + Edits.NUMBER);
    }

    private Measured beside() throws IOException, InterruptedException {
        CompletableFuture<DribbleReport> dribble = CompletableFuture.supplyAsync(this::dribble);
        CompletableFuture<LoadReport> flood = CompletableFuture.supplyAsync(this::flood);
        TimeUnit.SECONDS.sleep(MARGIN_SECONDS);
        Measured disturbed = alone();
        floods.add(flood.join().phase("load"));
        dribbles.add(dribble.join());
        return disturbed;
    }

    private DribbleReport dribble() {
        try {
            return LoadProcess.runAside(new DribblePlan(
                    subject.port(), parameters.connections(), ADDRESSES, DRIBBLE_MILLIS, attackSeconds()));
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private LoadReport flood() {
        try {
            return LoadProcess.runAside(new LoadPlan(
                    subject.port(),
                    Shape.QUERY_PATH,
                    List.of("ak_live_%s%%N%%".formatted(Integer.toString(++runs))),
                    List.of(Edits.QUERY),
                    BAD_CONNECTIONS,
                    "",
                    phases(TIMES * parameters.perSecond(), attackSeconds())));
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private static List<Phase> phases(int perSecond, int seconds) {
        return List.of(
                new Phase("warm-up", perSecond, 1_000, 0), new Phase("load", perSecond * seconds, seconds * 1000, 0));
    }

    private int attackSeconds() {
        return parameters.seconds() + 2 * MARGIN_SECONDS;
    }
}
