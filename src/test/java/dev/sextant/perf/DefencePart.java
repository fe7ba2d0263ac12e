package dev.sextant.perf;

import dev.sextant.perf.Disturbance.Measured;
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

    /** Of the tenant that is measured, each time. */
    private static final int REQUESTS = 900;

    private static final int TIMES = 5;
    private static final int BAD_CONNECTIONS = 64;
    private static final int ADDRESSES = 50;
    private static final int DRIBBLE_MILLIS = 2_000;

    /** Before, the attack is there; and after. */
    private static final int MARGIN_SECONDS = 5;

    private final Subject subject;
    private final Customer customer;
    private final DefenceParameters parameters;
    private final List<LoadReport.Phase> floods = new ArrayList<>();
    private final List<DribbleReport> dribbles = new ArrayList<>();
    private int runs = 100;

    DefencePart(Subject subject, Customer good, DefenceParameters parameters) {
        this.subject = subject;
        this.customer = good;
        this.parameters = parameters;
    }

    void measure(Findings findings) throws Exception {
        QuietTenant good = new QuietTenant(subject, customer, this::bodies, REQUESTS);
        beside(good);
        floods.clear();
        dribbles.clear();
        Disturbance disturbance =
                Disturbance.measure(findings, "defence", parameters.pairs(), good::measure, () -> beside(good));
        disturbance.judge(
                "under attack",
                "good_per_second",
                good.perSecond(),
                "bad_keys_per_second",
                Pairs.median(floods.stream().mapToDouble(flood -> flood.requests() / (double) attackSeconds(good))),
                "answered_401",
                Pairs.median(floods.stream().mapToDouble(flood -> flood.with(401))),
                "answered_429",
                Pairs.median(floods.stream().mapToDouble(flood -> flood.with(429))),
                "answered_200",
                Pairs.median(floods.stream().mapToDouble(flood -> flood.with(200))),
                "held_connections",
                Pairs.median(dribbles.stream().mapToDouble(DribbleReport::heldMedian)),
                "ended_by_the_server",
                Pairs.median(dribbles.stream().mapToDouble(DribbleReport::ended)),
                "not_let_in",
                Pairs.median(dribbles.stream().mapToDouble(DribbleReport::failed)));
    }

    /** One question in ten is new; the rest were asked before. */
    private List<String> bodies() {
        List<String> bodies = new ArrayList<>(Collections.nCopies(9, Edits.QUERY.replace(Edits.NUMBER, "1")));
        bodies.add(Edits.QUERY.replace(Edits.NUMBER, nextRun() + Edits.NUMBER));
        return bodies;
    }

    /** Every process counts from 0: its numbers are those of nobody before it by their first three digits. */
    private synchronized int nextRun() {
        return ++runs;
    }

    private Measured beside(QuietTenant good) throws IOException, InterruptedException {
        CompletableFuture<DribbleReport> dribble = CompletableFuture.supplyAsync(() -> dribble(good));
        CompletableFuture<LoadReport> flood = CompletableFuture.supplyAsync(() -> flood(good));
        TimeUnit.SECONDS.sleep(MARGIN_SECONDS);
        Measured disturbed = good.measure();
        floods.add(flood.join().phase("load"));
        dribbles.add(dribble.join());
        return disturbed;
    }

    private DribbleReport dribble(QuietTenant good) {
        try {
            return LoadProcess.runAside(new DribblePlan(
                    subject.port(), parameters.connections(), ADDRESSES, DRIBBLE_MILLIS, attackSeconds(good)));
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private LoadReport flood(QuietTenant good) {
        int perSecond = TIMES * good.perSecond();
        int seconds = attackSeconds(good);
        try {
            return LoadProcess.runAside(new LoadPlan(
                    subject.port(),
                    Shape.QUERY_PATH,
                    List.of("ak_live_%d%s".formatted(nextRun(), Edits.NUMBER)),
                    List.of(Edits.QUERY),
                    BAD_CONNECTIONS,
                    "",
                    List.of(
                            new Phase("warm-up", perSecond, 1_000, 0),
                            new Phase("load", perSecond * seconds, seconds * 1000, 0))));
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private static int attackSeconds(QuietTenant good) {
        return good.seconds() + 2 * MARGIN_SECONDS;
    }
}
