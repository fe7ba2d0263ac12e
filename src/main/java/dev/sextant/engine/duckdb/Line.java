package dev.sextant.engine.duckdb;

import dev.sextant.kernel.TenantId;
import java.util.ArrayDeque;
import java.util.Comparator;

/** One tenant's place in a {@link FairQueue}, which guards it. */
final class Line<W> {

    /** A work, and what it weighs while it waits. */
    record Waiting<W>(W work, long weight) {}

    /** What a turn costs at least, so that turns count where the clock sees no time pass. */
    private static final long TURN_NANOS_MIN = 100_000;

    /** What the first turn is taken to cost. */
    private static final long TURN_NANOS_FIRST = 1_000_000;

    final TenantId tenant;
    final ArrayDeque<Waiting<W>> waiting = new ArrayDeque<>();
    long weight;
    int running;
    boolean hasTurn;
    /** Where its turn is, if it has one. */
    Lane lane = Lane.FRONT;
    /** When it got its turn: decides among those who have spent the same. */
    long turn;

    /** The cost of all turns, those under way at their usual cost. Changes only while the line has no turn. */
    long spentNanos;

    /** What a turn cost lately. */
    long usualNanos = TURN_NANOS_FIRST;

    Line(TenantId tenant, long spentNanos) {
        this.tenant = tenant;
        this.spentNanos = spentNanos;
    }

    static <W> Comparator<Line<W>> order() {
        return Comparator.<Line<W>>comparingLong(line -> line.spentNanos).thenComparingLong(line -> line.turn);
    }

    /**
     * A turn is over.
     *
     * @param countedNanos what it cost, as it counts by the tenant's weight
     * @param assumedNanos what it was taken to count
     */
    void ended(long countedNanos, long assumedNanos, double weight) {
        long counted = Math.max((long) (TURN_NANOS_MIN / weight), countedNanos);
        running--;
        spentNanos += counted - assumedNanos;
        usualNanos += ((long) (counted * weight) - usualNanos) / 4;
    }
}
