package dev.sextant.live;

/**
 * Spaces things out: so many a second on average, and as many as fit into one second at once after a pause (a token
 * bucket). Not safe for threads. Times are of {@code System.nanoTime()}.
 */
public final class Pace {

    private static final double NANOS_PER_SECOND = 1e9;

    private double hz;
    private double tokens;
    private long countedNanos;

    public Pace(double hz, long nowNanos) {
        this.hz = hz;
        this.tokens = burst(hz);
        this.countedNanos = nowNanos;
    }

    /** From now on. What was saved up beyond the new burst is lost. */
    public void set(double other, long nowNanos) {
        count(nowNanos);
        hz = other;
        tokens = Math.min(tokens, burst(other));
    }

    /** How long until the next one may go; 0 where it may go now. */
    public long waitNanos(long nowNanos) {
        count(nowNanos);
        return tokens >= 1 ? 0 : (long) Math.ceil((1 - tokens) / hz * NANOS_PER_SECOND);
    }

    /** One goes. */
    public void take(long nowNanos) {
        count(nowNanos);
        tokens -= 1;
    }

    private void count(long nowNanos) {
        tokens = Math.min(burst(hz), tokens + (nowNanos - countedNanos) / NANOS_PER_SECOND * hz);
        countedNanos = nowNanos;
    }

    private static double burst(double hz) {
        return Math.max(1, hz);
    }
}
