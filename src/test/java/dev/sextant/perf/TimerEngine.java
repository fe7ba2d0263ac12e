package dev.sextant.perf;

import dev.sextant.EmptyEngine;
import dev.sextant.engine.Answer;
import dev.sextant.engine.DatasetState;
import dev.sextant.engine.Plan;
import dev.sextant.engine.RunHandle;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Answers every plan after a second with one row, which is the first whole number among its parameters. No thread waits
 * meanwhile. What has a smaller number than {@code countedFrom} is answered, but not counted.
 */
final class TimerEngine extends EmptyEngine {

    private static final long MILLIS = 1000;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger runningMax = new AtomicInteger();
    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicLong firstNanos = new AtomicLong();
    private final AtomicLong lastNanos = new AtomicLong();
    private final long countedFrom;

    TimerEngine(long countedFrom) {
        this.countedFrom = countedFrom;
    }

    @Override
    public Future<Answer> run(TenantId tenant, Plan plan, Deadline deadline, RunHandle handle) {
        long number = number(plan);
        if (number >= countedFrom) {
            count(System.nanoTime());
        }
        Promise<Answer> promise = Promise.promise();
        timer.schedule(() -> answer(number, promise), MILLIS, TimeUnit.MILLISECONDS);
        return promise.future();
    }

    private void count(long now) {
        firstNanos.compareAndSet(0, now);
        lastNanos.set(now);
        runs.incrementAndGet();
        runningMax.accumulateAndGet(running.incrementAndGet(), Math::max);
    }

    private void answer(long number, Promise<Answer> promise) {
        if (number >= countedFrom) {
            running.decrementAndGet();
        }
        promise.complete(new Answer(DatasetState.EMPTY, List.of(List.of(List.of(number))), 0));
    }

    private static long number(Plan plan) {
        return plan.statements().getFirst().parameters().stream()
                .filter(Long.class::isInstance)
                .map(Long.class::cast)
                .findFirst()
                .orElse(0L);
    }

    /**
     * What was counted.
     *
     * @param arrivalMillis from the first plan that came to the last one
     */
    record Counts(int runs, int runningMax, double arrivalMillis) {}

    Counts counts() {
        return new Counts(runs.get(), runningMax.get(), (lastNanos.get() - firstNanos.get()) / 1e6);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
