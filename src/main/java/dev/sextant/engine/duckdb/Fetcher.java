package dev.sextant.engine.duckdb;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * Brings threads in front that wait for a core to the background's, while the background has one of these for itself; until what
 * they work at is done.
 *
 * <p>The kernel does so by itself only where a core has run out of work, and the background's has not: whoever waits elsewhere, behind
 * the compiler or the collector, waits on for some milliseconds. Safe for all threads.
 */
final class Fetcher {

    /** Moves threads, each named by its number in the system. */
    interface Cores {

        int callingThread();

        void bring(int thread);

        void release(int thread);
    }

    private final Cores cores;
    private final ToLongFunction<Thread> cpuNanos;
    private final LongSupplier nanos;
    private final Set<Runner> front = ConcurrentHashMap.newKeySet();
    private final Set<Runner> back = ConcurrentHashMap.newKeySet();
    private long beatNanos;

    /**
     * @param cpuNanos what a thread has had of a core so far
     * @param nanos a clock that only goes forward
     */
    Fetcher(Cores cores, ToLongFunction<Thread> cpuNanos, LongSupplier nanos) {
        this.cores = cores;
        this.cpuNanos = cpuNanos;
        this.nanos = nanos;
    }

    /** Does a work in front, on the calling thread. */
    void inFront(Runnable work) {
        work(front, work);
    }

    /** Does a work of the background, on the calling thread. */
    void inBackground(Runnable work) {
        work(back, work);
    }

    private void work(Set<Runner> side, Runnable work) {
        Runner runner = new Runner();
        side.add(runner);
        try {
            work.run();
        } finally {
            side.remove(runner);
            runner.end();
        }
    }

    /** Looks who has waited since the last time; for one thread. */
    void beat() {
        long now = nanos.getAsLong();
        long elapsed = now - beatNanos;
        beatNanos = now;
        long backHad = back.stream().mapToLong(Runner::had).sum();
        boolean hasCore = backHad > elapsed / 2;
        for (Runner runner : front) {
            boolean isKnown = runner.isKnown();
            boolean waited = runner.had() < elapsed / 4;
            if (hasCore && isKnown && waited) {
                runner.fetch();
            }
        }
    }

    /** A thread at its work. */
    private final class Runner {

        private final Thread thread = Thread.currentThread();
        private final int number = cores.callingThread();
        private long cpuNanosBefore = -1;
        private boolean isFetched;
        private boolean isOver;

        /** Whether it was looked at before. */
        boolean isKnown() {
            return cpuNanosBefore >= 0;
        }

        /** What it had since it was looked at before, in nanoseconds. */
        long had() {
            long cpu = cpuNanos.applyAsLong(thread);
            long had = isKnown() ? cpu - cpuNanosBefore : 0;
            cpuNanosBefore = cpu;
            return had;
        }

        synchronized void fetch() {
            if (!isFetched && !isOver) {
                isFetched = true;
                cores.bring(number);
            }
        }

        synchronized void end() {
            isOver = true;
            if (isFetched) {
                cores.release(number);
            }
        }
    }
}
