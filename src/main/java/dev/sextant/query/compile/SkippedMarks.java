package dev.sextant.query.compile;

import dev.sextant.query.model.Grain;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.SortedSet;
import java.util.TreeSet;

/** Knows in which zones a clock that is put forward leaps over the beginning of a bucket. */
final class SkippedMarks {

    private SkippedMarks() {}

    /**
     * How long after the leap the clock would have shown the mark, from 1970 to 2100; empty for most zones and grains. A
     * mark from which the clock leaps is shown late by nothing, and is not among them.
     */
    static SortedSet<Long> seconds(ZoneId zone, Grain grain) {
        SortedSet<Long> seconds = new TreeSet<>();
        ZoneOffsetTransition transition = zone.getRules().nextTransition(RepeatedMarks.FROM);
        while (transition != null && transition.getInstant().isBefore(RepeatedMarks.TO)) {
            if (transition.isGap()) {
                addSkipped(transition, grain, seconds);
            }
            Instant after = transition.getInstant();
            transition = zone.getRules().nextTransition(after);
        }
        return seconds;
    }

    private static void addSkipped(ZoneOffsetTransition gap, Grain grain, SortedSet<Long> seconds) {
        LocalDateTime from = gap.getDateTimeBefore();
        LocalDateTime hour = from.truncatedTo(ChronoUnit.HOURS).plusHours(1);
        while (hour.isBefore(gap.getDateTimeAfter())) {
            if (RepeatedMarks.isMark(hour, grain)) {
                seconds.add(from.until(hour, ChronoUnit.SECONDS));
            }
            hour = hour.plusHours(1);
        }
    }
}
