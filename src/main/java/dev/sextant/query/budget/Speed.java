package dev.sextant.query.budget;

/**
 * How fast queries run here, learned from those that ran: a fixed part, and one that grows with the work. Each run moves
 * what is known a tenth of the way. Safe for all threads.
 *
 * <p>Work is counted in rows times the factor of {@link CostRule}.
 */
public final class Speed {

    private static final double STEP = 0.1;

    /** Below this, how long a run takes says nothing of its rows. */
    private static final long WORK_MIN = 100_000;

    private static final double MILLIS_MIN = 0.05;

    private record Known(double fixedMillis, double workPerMilli) {}

    /** Begins with what two cores of 2025 do. */
    private volatile Known known = new Known(2, 100_000);

    public long millis(long work) {
        Known now = known;
        return Math.round(now.fixedMillis() + work / now.workPerMilli());
    }

    public synchronized void observe(long work, double millis) {
        Known before = known;
        known = work < WORK_MIN
                ? new Known(step(before.fixedMillis(), millis), before.workPerMilli())
                : new Known(before.fixedMillis(), step(before.workPerMilli(), rate(work, millis, before)));
    }

    private static double rate(long work, double millis, Known before) {
        return work / Math.max(MILLIS_MIN, millis - before.fixedMillis());
    }

    private static double step(double from, double to) {
        return from + STEP * (to - from);
    }
}
