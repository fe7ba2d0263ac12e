package dev.sextant.engine.duckdb;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads that work off one lane of a queue until it is closed and empty. What a work fails with, it must tell its caller
 * itself.
 */
final class Crew<W> {

    private static final Logger LOG = LoggerFactory.getLogger(Crew.class);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** A crew's name, its lane, and the number of its threads. */
    record Size(String name, Lane lane, int threads) {}

    private final Lane lane;
    private final FairQueue<W> queue;
    private final Shares shares;
    private final Consumer<FairQueue.Group<W>> worker;
    private final List<Thread> threads;

    /** @param shares are told what each tenant's work takes */
    Crew(Size size, FairQueue<W> queue, Shares shares, Consumer<FairQueue.Group<W>> worker) {
        this.lane = size.lane();
        this.queue = queue;
        this.shares = shares;
        this.worker = lane == Lane.BACK
                ? group -> Background.work(() -> worker.accept(group))
                : group -> Background.workInFront(() -> worker.accept(group));
        this.threads = IntStream.range(0, size.threads())
                .mapToObj(n ->
                        Thread.ofPlatform().name(size.name() + "-" + n).daemon().unstarted(this::work))
                .toList();
    }

    void start() {
        threads.forEach(Thread::start);
    }

    private void work() {
        if (lane == Lane.BACK) {
            Background.enter();
        }
        try {
            for (var group = queue.take(lane); group != null; group = queue.take(lane)) {
                workOn(group);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void workOn(FairQueue.Group<W> group) {
        long thread = Thread.currentThread().threadId();
        Shares.Turn turn = shares.begin(group.tenant(), () -> THREADS.getThreadCpuTime(thread));
        try {
            worker.accept(group);
        } catch (RuntimeException e) {
            LOG.error("Work of tenant[{}] broke off", group.tenant(), e);
        } finally {
            shares.end(turn);
            queue.done(group);
        }
    }

    /** Works off what is left, and ends. Blocks. */
    void finish() {
        queue.close();
        boolean interrupted = false;
        for (Thread thread : threads) {
            interrupted |= !joined(thread);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean joined(Thread thread) {
        try {
            thread.join();
            return true;
        } catch (InterruptedException e) {
            thread.interrupt();
            return false;
        }
    }
}
