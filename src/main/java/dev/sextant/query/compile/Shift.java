package dev.sextant.query.compile;

import dev.sextant.query.model.Compare;
import dev.sextant.query.model.Dimension;
import dev.sextant.query.model.Grain;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.TimeRange.Between;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * How much later an event of the compared period would have to lie to be one of the range.
 *
 * @param isElapsed false where the local clock is moved on, true where time itself is
 * @param isClamped whether what comes to lie outside of the range counts at its ends
 */
record Shift(long months, long micros, boolean isElapsed, boolean isClamped) {

    static Shift of(Query query, Between range, Between earlier) {
        return switch (query.compare()) {
            case Compare.Offset offset -> of(offset.offset());
            case Compare.Period _ -> between(earlier.from(), range.from(), query);
            case null -> throw new IllegalArgumentException("Compares nothing");
        };
    }

    private static Shift of(Grain offset) {
        long months = (long) offset.amount() * offset.unit().months();
        boolean isElapsed = switch (offset.unit()) {
            case SECOND, MINUTE, HOUR -> true;
            case DAY, WEEK, MONTH, QUARTER, YEAR -> false;
        };
        return new Shift(months, months > 0 ? 0 : offset.atLeast().toSeconds() * 1_000_000, isElapsed, true);
    }

    /** Buckets of months are counted in months, all others by the local clock. */
    private static Shift between(Instant earlier, Instant later, Query query) {
        ZoneId zone = query.zone();
        LocalDateTime from = LocalDateTime.ofInstant(earlier, zone);
        LocalDateTime to = LocalDateTime.ofInstant(later, zone);
        boolean inMonths = query.dimensions().stream().anyMatch(Shift::isOfMonths);
        return inMonths
                ? new Shift(
                        ChronoUnit.MONTHS.between(
                                from.toLocalDate().withDayOfMonth(1),
                                to.toLocalDate().withDayOfMonth(1)),
                        0,
                        false,
                        false)
                : new Shift(0, ChronoUnit.MICROS.between(from, to), false, false);
    }

    private static boolean isOfMonths(Dimension dimension) {
        return dimension instanceof Dimension.TimeBucket bucket
                && bucket.grain().unit().months() > 0;
    }
}
