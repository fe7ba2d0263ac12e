package dev.sextant.engine.duckdb;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Threads that work off a queue until it is closed and empty. What a work fails with, it must tell its caller itself. */
final class Crew<W> {

    private static final Logger LOG = LoggerFactory.getLogger(Crew.class);

    private final FairQueue<W> queue;
    private final Consumer<FairQueue.Group<W>> worker;
    private final List<Thread> threads;

    Crew(String name, int size, FairQueue<W> queue, Consumer<FairQueue.Group<W>> worker) {
        this.queue = queue;
        this.worker = worker;
        this.threads = IntStream.range(0, size)
                .mapToObj(n -> Thread.ofPlatform().name(name + "-" + n).daemon().unstarted(this::work))
                .toList();
    }

    void start() {
        threads.forEach(Thread::start);
    }

    private void work() {
        try {
            for (var group = queue.take(); group != null; group = queue.take()) {
                workOn(group);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void workOn(FairQueue.Group<W> group) {
        try {
            worker.accept(group);
        } catch (RuntimeException e) {
            LOG.error("Work of tenant[{}] broke off", group.tenant(), e);
        } finally {
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
