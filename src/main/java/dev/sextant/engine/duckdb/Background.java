package dev.sextant.engine.duckdb;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads that run where nobody else wants a core, as the nicest there can be, and never on all cores.
 *
 * <p>Whoever wakes up on their core takes it at the next beat of the {@link Pulse}; who waits for another core is brought to theirs by
 * the {@link Fetcher}, but only where it runs a statement: hence the core that is never theirs. Helpers of those in front are
 * kept to the same cores as the background, or they would wait behind whom they help. No right is needed to become nicer,
 * but one to be less so again ({@code CAP_SYS_NICE}, or {@code RLIMIT_NICE} of 20); none to choose cores.
 *
 * <p>Not {@code SCHED_IDLE}: where it shares a core with a thread of its own group that is not idle, others' processes and the
 * kernel's own threads there get no turn for seconds (Linux 6.18).
 *
 * <p>Where the system has no such thing they run like all others, and it is said once.
 */
final class Background {

    private static final Logger LOG = LoggerFactory.getLogger(Background.class);

    private static final int THIS_THREAD = 0;
    private static final int AS_ALL = 0;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final Fetcher.Cores NOWHERE = new Fetcher.Cores() {
        @Override
        public int callingThread() {
            return THIS_THREAD;
        }

        @Override
        public void bring(int thread) {}

        @Override
        public void release(int thread) {}
    };

    private static final AtomicBoolean SAID = new AtomicBoolean();

    private Background() {}

    /** The calling thread runs in the background from now on. */
    static void enter() {
        if (!tried(THIS_THREAD, Lane.BACK) && SAID.compareAndSet(false, true)) {
            LOG.warn(
                    "Engine[duckdb] cannot run threads in the background here: queries of tenants above their share run"
                            + " beside those of others, not after them");
        }
    }

    /** Does one work on the calling thread, which has entered the background. */
    static void work(Runnable work) {
        Found.PULSE.begin();
        try {
            Found.FETCHER.inBackground(work);
        } finally {
            Found.PULSE.end();
        }
    }

    /** Does one work on the calling thread, which has not: it need not wait for a core where the background has one. */
    static void workInFront(Runnable work) {
        Found.FETCHER.inFront(work);
    }

    /** Whether a thread that went to the background may come back; tried once. */
    static boolean letsGo() {
        return LetsGo.ANSWER;
    }

    /** A thread of this process, by its number, goes to the lane's side; it stays where it is if it has ended. */
    static void move(int thread, Lane lane) {
        tried(thread, lane);
    }

    private static final class LetsGo {
        static final boolean ANSWER = goesAndReturns();
    }

    private static boolean goesAndReturns() {
        CompletableFuture<Boolean> returned = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .start(() -> returned.complete(tried(THIS_THREAD, Lane.BACK) && tried(THIS_THREAD, Lane.FRONT)));
        return returned.join();
    }

    private static boolean tried(int thread, Lane lane) {
        return Found.SIDES.map(sides -> sides.move(thread, lane)).orElse(false);
    }

    /** @param all the cores of this process */
    private record Sides(LinuxScheduler scheduler, BitSet all) implements Fetcher.Cores {

        @Override
        public int callingThread() {
            return scheduler.thread();
        }

        @Override
        public void bring(int thread) {
            scheduler.cores(thread, allButOne());
        }

        @Override
        public void release(int thread) {
            scheduler.cores(thread, all);
        }

        boolean move(int thread, Lane lane) {
            int niceness = lane == Lane.FRONT ? AS_ALL : LinuxScheduler.NICEST;
            return scheduler.niceness(thread, niceness) && scheduler.cores(thread, allButOne());
        }

        private BitSet allButOne() {
            BitSet others = (BitSet) all.clone();
            if (others.cardinality() > 1) {
                others.clear(others.nextSetBit(0));
            }
            return others;
        }
    }

    private static final class Found {
        static final Optional<Sides> SIDES = find();
        static final Fetcher FETCHER = new Fetcher(
                SIDES.<Fetcher.Cores>map(sides -> sides).orElse(NOWHERE),
                thread -> THREADS.getThreadCpuTime(thread.threadId()),
                System::nanoTime);
        static final Pulse PULSE =
                new Pulse(SIDES.map(Sides::allButOne).orElseGet(BitSet::new), Found::place, FETCHER::beat);

        private static void place(int core) {
            BitSet one = new BitSet();
            one.set(core);
            SIDES.ifPresent(sides -> sides.scheduler.cores(THIS_THREAD, one));
        }
    }

    private static Optional<Sides> find() {
        try {
            LinuxScheduler scheduler = LinuxScheduler.open();
            int firstThread = Math.toIntExact(ProcessHandle.current().pid());
            return Optional.of(new Sides(scheduler, scheduler.cores(firstThread)));
        } catch (UnsupportedOperationException e) {
            return Optional.empty();
        }
    }
}
