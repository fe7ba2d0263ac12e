package dev.sextant.limits;

/**
 * Counts what happened in the last stretch of time, to a fiftieth of its length: a little more than the stretch is always
 * covered. Guarded by its owner.
 */
final class SlidingCount {

    private static final int SLOTS = 50;

    private final long[] counts = new long[SLOTS + 1];
    private final long slotNanos;
    private long newest;
    private long sum;

    SlidingCount(long windowMillis, long nowNanos) {
        this.slotNanos = Math.max(1, windowMillis * 1_000_000 / SLOTS);
        this.newest = Math.floorDiv(nowNanos, slotNanos);
    }

    void add(long amount, long nowNanos) {
        move(nowNanos);
        counts[place(newest)] += amount;
        sum += amount;
    }

    long sum(long nowNanos) {
        move(nowNanos);
        return sum;
    }

    private void move(long nowNanos) {
        long now = Math.floorDiv(nowNanos, slotNanos);
        for (long passed = Math.min(now - newest, counts.length); passed > 0; passed--) {
            int gone = place(now - passed + 1);
            sum -= counts[gone];
            counts[gone] = 0;
        }
        newest = Math.max(newest, now);
    }

    private int place(long slot) {
        return (int) Math.floorMod(slot, (long) counts.length);
    }
}
