package dev.sextant.usage;

import dev.sextant.usage.UsageReport.Totals;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Goes on as it was: what was used at last, by the time it took, for the time that is left. Pure. */
final class Projection {

    private static final Duration LATELY = Duration.ofDays(7);

    /** What was used in less is taken for what is used in so long: an hour says nothing about a month. */
    private static final Duration SPAN_MIN = Duration.ofDays(1);

    private Projection() {}

    /**
     * From when on the pace is taken: seven days ago, by whole hours as usage is kept, or the first record where that is later.
     *
     * @param first of all records that the tenant has
     */
    static Instant since(Instant first, Instant now) {
        Instant lately = now.minus(LATELY).truncatedTo(ChronoUnit.HOURS);
        return first.isAfter(lately) ? first : lately;
    }

    /**
     * The totals at the end.
     *
     * @param so far, of the period
     * @param lately within {@code span}; one of less than a day counts as a day
     */
    static Totals end(Totals so, Totals lately, Duration span, Duration left) {
        long spanMillis = Math.max(SPAN_MIN.toMillis(), span.toMillis());
        double times = (double) left.toMillis() / spanMillis;
        return new Totals(
                so.requests() + Math.round(lately.requests() * times),
                so.errors() + Math.round(lately.errors() * times),
                so.costUnits() + Math.round(lately.costUnits() * times),
                so.eventsIngested() + Math.round(lately.eventsIngested() * times),
                so.bytesOut() + Math.round(lately.bytesOut() * times),
                so.wsMinutes() + Math.round(lately.wsMinutes() * times * 100) / 100.0);
    }
}
