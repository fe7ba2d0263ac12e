package dev.sextant.engine.duckdb;

import java.time.Duration;
import java.util.BitSet;
import java.util.function.IntConsumer;

/**
 * While the background works: on each of its cores a thread that does next to nothing but wake up every half a millisecond. It
 * takes about a hundredth of them.
 *
 * <p>Whoever wakes up on such a core is to take it at once. But who has just had more of a core than was due to it, if only by
 * some microseconds, does not take one even from the background, until the kernel chooses again: at the next tick of the
 * clock (4 ms at 250 Hz), or when another thread wakes up there.
 *
 * <p>Source: Stoica, Abdel-Wahab, Earliest Eligible Virtual Deadline First, 1995, section 3: only who is owed time is chosen.
 */
final class Pulse {

    private static final Duration BEAT = Duration.ofNanos(500_000);

    private int working;

    /**
     * @param place puts the calling thread on a core
     * @param onBeat is done at each beat, by one of the threads
     */
    Pulse(BitSet cores, IntConsumer place, Runnable onBeat) {
        cores.stream()
                .forEach(core -> Thread.ofPlatform()
                        .name("duckdb-pulse-" + core)
                        .daemon()
                        .start(() -> {
                            place.accept(core);
                            beat(core == cores.nextSetBit(0) ? onBeat : () -> {});
                        }));
    }

    /** A work of the background begins. */
    synchronized void begin() {
        working++;
        notifyAll();
    }

    /** One has ended. */
    synchronized void end() {
        working--;
    }

    private void beat(Runnable work) {
        try {
            while (true) {
                awaitWork();
                Thread.sleep(BEAT);
                work.run();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void awaitWork() throws InterruptedException {
        while (working == 0) {
            wait();
        }
    }
}
