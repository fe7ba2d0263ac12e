package dev.sextant.perf;

import dev.sextant.perf.Pairs.Named;
import dev.sextant.perf.Subject.Customer;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** How many cached answers a second, over few and many connections, and beside a bare route. */
final class ThroughputPart {

    private static final String PART = "throughput";
    private static final int MAIN = 64;
    private static final double RATE_MIN = 25_000;
    private static final double RATIO_MIN = 0.4;
    private static final double P99_MILLIS_MAX = 15;

    /** Until the whole path is compiled; a query's way through the server is much more code than a bare route's. */
    private static final int WARM_UP_SECONDS = 60;

    private final Subject subject;
    private final Customer customer;
    private final Pairs.Rounds rounds;
    private final int loops;

    ThroughputPart(Subject subject, Customer customer, Pairs.Rounds rounds, int loops) {
        this.subject = subject;
        this.customer = customer;
        this.rounds = new Pairs.Rounds(rounds.pairs(), rounds.seconds(), WARM_UP_SECONDS);
        this.loops = loops;
    }

    void measure(Findings findings) throws Exception {
        Shape shape = Shape.all().stream()
                .filter(each -> each.name().equals("top-N"))
                .findFirst()
                .orElseThrow();
        String body = shape.with(1);
        subject.ask(customer, shape.path(), body);
        String answer = subject.ask(customer, shape.path(), body);
        Wrk cached = new Wrk(subject.url(shape.path()), customer.key(), body);
        try (BareRoute bare = BareRoute.start(loops, Buffer.buffer(answer))) {
            Wrk plain = new Wrk(bare.url(), customer.key(), body);
            Pairs pairs = Pairs.measure(
                    new Named("bare", seconds -> plain.run(MAIN, seconds)),
                    new Named("cached", seconds -> cached.run(MAIN, seconds)),
                    rounds);
            report(findings, pairs);
        }
        for (int connections : List.of(1, 16, 256)) {
            Sample sample = cached.run(connections, rounds.seconds());
            findings.add(
                    PART,
                    connections + " connections",
                    null,
                    "per_s",
                    sample.requestsPerSecond(),
                    "p50_ms",
                    sample.p50Millis(),
                    "p99_ms",
                    sample.p99Millis(),
                    "cpu_us",
                    sample.cpuMicros());
        }
    }

    private static void report(Findings findings, Pairs pairs) {
        Sample cached = Pairs.median(pairs.subject());
        Ratio ratio = pairs.ratio("cached / bare", Sample::requestsPerSecond);
        findings.add(
                PART,
                MAIN + " connections",
                cached.requestsPerSecond() >= RATE_MIN
                        && ratio.median() >= RATIO_MIN
                        && cached.p99Millis() < P99_MILLIS_MAX,
                "per_s",
                cached.requestsPerSecond(),
                "p50_ms",
                cached.p50Millis(),
                "p99_ms",
                cached.p99Millis(),
                "cpu_us",
                cached.cpuMicros(),
                "bare_per_s",
                Pairs.median(pairs.baseline()).requestsPerSecond(),
                "ratio",
                ratio.median(),
                "ratio_least",
                ratio.least(),
                "ratio_greatest",
                ratio.greatest());
    }
}
