package dev.sextant.usage;

import dev.sextant.usage.UsageReport.Totals;
import java.time.Duration;

/** Goes on as it was: what was used at last, by the time it took, for the time that is left. Pure. */
final class Projection {

    private Projection() {}

    /**
     * The totals at the end.
     *
     * @param so far, of the period
     * @param lately within {@code span}, longer than nothing
     */
    static Totals end(Totals so, Totals lately, Duration span, Duration left) {
        double times = (double) left.toMillis() / Math.max(1, span.toMillis());
        return new Totals(
                so.requests() + Math.round(lately.requests() * times),
                so.errors() + Math.round(lately.errors() * times),
                so.costUnits() + Math.round(lately.costUnits() * times),
                so.eventsIngested() + Math.round(lately.eventsIngested() * times),
                so.bytesOut() + Math.round(lately.bytesOut() * times),
                so.wsMinutes() + Math.round(lately.wsMinutes() * times * 100) / 100.0);
    }
}
