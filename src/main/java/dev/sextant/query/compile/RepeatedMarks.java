package dev.sextant.query.compile;

import dev.sextant.query.model.Grain;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.SortedSet;
import java.util.TreeSet;

/** Knows in which zones a clock that is put back shows the beginning of a bucket twice. */
final class RepeatedMarks {

    static final Instant FROM = Instant.EPOCH;
    static final Instant TO = Instant.parse("2100-01-01T00:00:00Z");

    private RepeatedMarks() {}

    /** By how much clocks were put back in doing so, from 1970 to 2100; empty for most zones and grains. */
    static SortedSet<Long> seconds(ZoneId zone, Grain grain) {
        SortedSet<Long> seconds = new TreeSet<>();
        ZoneOffsetTransition transition = zone.getRules().nextTransition(FROM);
        while (transition != null && transition.getInstant().isBefore(TO)) {
            if (transition.isOverlap() && repeatsMark(transition, grain)) {
                seconds.add(-transition.getDuration().toSeconds());
            }
            transition = zone.getRules().nextTransition(transition.getInstant());
        }
        return seconds;
    }

    /** Whether a bucket may begin at this hour. Longer grains than hours begin at midnights. */
    static boolean isMark(LocalDateTime hour, Grain grain) {
        int hours = grain.unit() == Grain.Unit.HOUR ? grain.amount() : 24;
        return Math.floorMod(hour.toEpochSecond(ZoneOffset.UTC) / 3600, hours) == 0;
    }

    /** Whether the stretch that the clock shows twice holds a mark. */
    private static boolean repeatsMark(ZoneOffsetTransition transition, Grain grain) {
        LocalDateTime first = transition.getDateTimeAfter();
        LocalDateTime hour = first.truncatedTo(ChronoUnit.HOURS);
        hour = hour.isBefore(first) ? hour.plusHours(1) : hour;
        while (hour.isBefore(transition.getDateTimeBefore())) {
            if (isMark(hour, grain)) {
                return true;
            }
            hour = hour.plusHours(1);
        }
        return false;
    }
}
