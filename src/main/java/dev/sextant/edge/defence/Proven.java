package dev.sextant.edge.defence;

import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Remembers which credentials worked lately, and from where, in a megabyte and a few nanoseconds each; it may forget one for
 * another, and takes a wrong one for it once in billions. Any thread.
 */
final class Proven {

    private static final int SLOTS = 1 << 16;

    private final long periodMillis;
    private final InstantSource clock;
    private final long seed = ThreadLocalRandom.current().nextLong();
    private volatile Generations generations;

    /** @param sinceMillis when {@code present} began */
    private record Generations(AtomicLongArray present, AtomicLongArray before, long sinceMillis) {}

    /** @param periodMillis how long it is remembered at least; at most twice as long */
    Proven(long periodMillis, InstantSource clock) {
        this.periodMillis = periodMillis;
        this.clock = clock;
        this.generations = new Generations(new AtomicLongArray(SLOTS), new AtomicLongArray(SLOTS), clock.millis());
    }

    void note(AddressBlock block, String credential) {
        long mark = mark(block, credential);
        AtomicLongArray present = generations().present();
        if (present.getPlain(slot(mark)) != mark) {
            present.setPlain(slot(mark), mark);
        }
    }

    boolean has(AddressBlock block, String credential) {
        long mark = mark(block, credential);
        Generations now = generations();
        return now.present().getPlain(slot(mark)) == mark || now.before().getPlain(slot(mark)) == mark;
    }

    private Generations generations() {
        Generations now = generations;
        long millis = clock.millis();
        if (millis - now.sinceMillis() < periodMillis) {
            return now;
        }
        boolean isJustOver = millis - now.sinceMillis() < 2 * periodMillis;
        Generations next = new Generations(
                new AtomicLongArray(SLOTS), isJustOver ? now.present() : new AtomicLongArray(SLOTS), millis);
        generations = next;
        return next;
    }

    private long mark(AddressBlock block, String credential) {
        long mark = seed ^ (block.bits() + (block.isIpv4() ? 1 : 0)) * 0x9E3779B97F4A7C15L;
        mark = mix(mark ^ credential.hashCode());
        return mix(mark ^ ((long) credential.length() << 32)) | 1; // never 0, which stands for nothing
    }

    /** Source: Stafford 2011, "Better Bit Mixing", variant 13. */
    private static long mix(long bits) {
        long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    private static int slot(long mark) {
        return (int) (mark >>> 48) & (SLOTS - 1);
    }
}
