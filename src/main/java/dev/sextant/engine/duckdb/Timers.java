package dev.sextant.engine.duckdb;

import dev.sextant.kernel.Deadline;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** What happens by the clock: deadlines, which must not wait for anything; and what may block, aside from them. */
final class Timers {

    static final Duration SOON = Duration.ofMillis(5);

    private final ScheduledThreadPoolExecutor deadlines = timer("duckdb-deadline");
    private final ScheduledThreadPoolExecutor chores = timer("duckdb-chore");

    private static ScheduledThreadPoolExecutor timer(String name) {
        var timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name(name).daemon().factory());
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return timer;
    }

    Future<?> at(Deadline deadline, Runnable task) {
        return in(deadline.remaining(), task);
    }

    Future<?> in(Duration delay, Runnable task) {
        return deadlines.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    void every(Duration period, Runnable chore) {
        chores.scheduleWithFixedDelay(chore, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    void aside(Runnable chore) {
        chores.execute(chore);
    }

    /** Waits for what is under way. */
    void close() {
        deadlines.shutdownNow();
        chores.close();
    }
}
