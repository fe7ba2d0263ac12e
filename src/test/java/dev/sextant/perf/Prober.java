package dev.sextant.perf;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.kernel.Json;
import dev.sextant.perf.Subject.Customer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Sends single events at an even pace, and asks for each of them, from the moment that it was accepted, until it is there. For
 * one measurement; blocks.
 *
 * <p>Nobody asks before some node says that it has the event's version: on a machine that the cluster shares with the probes,
 * queries that are too early would take what is measured. The version alone counts for nothing.
 */
final class Prober {

    /** Few: each asks Druid for more work than the reading of some hundred events is. */
    private static final int PER_SECOND = 2;

    /** Between two looks for the same event. */
    private static final long PAUSE_MILLIS = 20;

    /** The same after a refusal: those who are refused and ask again at once keep a busy cluster busy. */
    private static final long PAUSE_REFUSED_MILLIS = 250;

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int DIGITS = 3;

    private final Subject subject;
    private final Customer customer;
    private final Histogram micros = new ConcurrentHistogram(DIGITS);
    private final Histogram versionMicros = new ConcurrentHistogram(DIGITS);
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger missing = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();

    Prober(Subject subject, Customer customer) {
        this.subject = subject;
        this.customer = customer;
    }

    /** Ends when each event was found, or given up. */
    void run(int warmUpSeconds, int seconds) throws InterruptedException {
        long pauseNanos = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
        try (VersionWatch watch = new VersionWatch(subject, customer, Visits.DATASET);
                ExecutorService probes = Executors.newVirtualThreadPerTaskExecutor()) {
            long begun = System.nanoTime();
            for (int number = 0; number < (warmUpSeconds + seconds) * PER_SECOND; number++) {
                TimeUnit.NANOSECONDS.sleep(begun + number * pauseNanos - System.nanoTime());
                String event = "probe_" + number;
                boolean counts = number >= warmUpSeconds * PER_SECOND;
                probes.execute(() -> probe(event, counts, watch));
            }
        }
    }

    private void probe(String event, boolean counts, VersionWatch watch) {
        try {
            Optional<String> receipt = subject.tryToAsk(customer, Visits.EVENTS_PATH, Visits.batch(event, 1));
            if (receipt.isEmpty()) {
                refused.incrementAndGet();
                return;
            }
            accepted.incrementAndGet();
            long begun = System.nanoTime();
            watch.await(VersionWatch.version(receipt.get()).orElseThrow(), PATIENCE_NANOS);
            long version = System.nanoTime() - begun;
            while (!isThere(event) && System.nanoTime() - begun < PATIENCE_NANOS) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
            long nanos = System.nanoTime() - begun;
            if (nanos >= PATIENCE_NANOS) {
                missing.incrementAndGet();
            }
            if (counts) { // those that were given up, too, as what they are at least
                micros.recordValue(nanos / 1_000);
                versionMicros.recordValue(version / 1_000);
            }
        } catch (IOException _) {
            missing.incrementAndGet(); // or not even accepted: nobody knows
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isThere(String event) throws IOException, InterruptedException {
        looks.incrementAndGet();
        Optional<String> answer = subject.tryToAsk(customer, Shape.QUERY_PATH, Visits.first(event));
        if (answer.isEmpty()) {
            unanswered.incrementAndGet();
            TimeUnit.MILLISECONDS.sleep(PAUSE_REFUSED_MILLIS);
            return false;
        }
        JsonNode json = Json.tree(answer.get().getBytes(StandardCharsets.UTF_8));
        return json.at("/rows/0/0").longValue() == 1;
    }

    /** From an event's acceptance until the end of the first answer that had it; without those of the warm-up. */
    double millis(double percentile) {
        return micros.getValueAtPercentile(percentile) / 1e3;
    }

    /** The part of it until some node said that it has the event's version. */
    double versionMillis(double percentile) {
        return versionMicros.getValueAtPercentile(percentile) / 1e3;
    }

    long probes() {
        return micros.getTotalCount();
    }

    /** Events that were accepted, those of the warm-up too. */
    int accepted() {
        return accepted.get();
    }

    int refused() {
        return refused.get();
    }

    /** Events that were accepted, and not found within a minute; or lost with their connection. */
    int missing() {
        return missing.get();
    }

    int looks() {
        return looks.get();
    }

    /** Looks that were refused. */
    int unanswered() {
        return unanswered.get();
    }
}
