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
 * meanwhile.
 */
final class TimerEngine extends EmptyEngine {

    private static final long MILLIS = 1000;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger runningMax = new AtomicInteger();
    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicLong firstNanos = new AtomicLong();
    private final AtomicLong lastNanos = new AtomicLong();

    @Override
    public Future<Answer> run(TenantId tenant, Plan plan, Deadline deadline, RunHandle handle) {
        long now = System.nanoTime();
        firstNanos.compareAndSet(0, now);
        lastNanos.set(now);
        runs.incrementAndGet();
        runningMax.accumulateAndGet(running.incrementAndGet(), Math::max);
        Promise<Answer> promise = Promise.promise();
        timer.schedule(() -> answer(plan, promise), MILLIS, TimeUnit.MILLISECONDS);
        return promise.future();
    }

    private void answer(Plan plan, Promise<Answer> promise) {
        running.decrementAndGet();
        Object number = plan.statements().getFirst().parameters().stream()
                .filter(Long.class::isInstance)
                .findFirst()
                .orElse(0L);
        promise.complete(new Answer(DatasetState.EMPTY, List.of(List.of(List.of(number))), 0));
    }

    /**
     * What came since the last call of this.
     *
     * @param arrivalMillis from the first plan that came to the last one
     */
    record Counts(int runs, int runningMax, double arrivalMillis) {}

    Counts takeCounts() {
        int most = runningMax.getAndSet(0);
        double millis = (lastNanos.get() - firstNanos.getAndSet(0)) / 1e6;
        return new Counts(runs.getAndSet(0), most, millis);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
