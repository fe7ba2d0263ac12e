package dev.sextant.query.rollup;

import dev.sextant.query.model.Dimension.TimeBucket;
import dev.sextant.query.model.TimeRange;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/** Whether buckets of a fixed length, counted from 1970 in UTC, lie whole in longer ones. */
final class Alignment {

    private Alignment() {}

    static boolean isOn(Instant instant, long seconds) {
        return instant.getNano() == 0 && instant.getEpochSecond() % seconds == 0;
    }

    /**
     * Whether no bucket of so many seconds is cut by a border of the longer ones.
     *
     * @param seconds a divisor or a multiple of an hour, and a divisor of a day
     * @param range in which there may be borders; null for all time
     */
    static boolean divides(long seconds, TimeBucket bucket, TimeRange.@Nullable Between range) {
        boolean counted = switch (bucket.grain().unit()) {
            case SECOND, MINUTE, HOUR -> bucket.grain().atLeast().toSeconds() % seconds == 0;
            case DAY, WEEK, MONTH, QUARTER, YEAR -> true;
        };
        return counted && offsetsFit(seconds, bucket.zone().getRules(), range);
    }

    /** Local marks are multiples of the grain; they are so in UTC where every offset is, and each change of it. */
    private static boolean offsetsFit(long seconds, ZoneRules rules, TimeRange.@Nullable Between range) {
        if (rules.isFixedOffset()) {
            return fits(seconds, rules.getOffset(Instant.EPOCH));
        }
        if (range == null) {
            return false; // events may lie where the zone's first offset counts, which is one of seconds
        }
        Instant from = range.from().minusSeconds(366L * 86_400); // a bucket may begin before the range
        if (!fits(seconds, rules.getOffset(from))) {
            return false;
        }
        ZoneOffsetTransition transition = rules.nextTransition(from);
        while (transition != null && transition.getInstant().isBefore(range.to())) {
            if (!isOn(transition.getInstant(), seconds) || !fits(seconds, transition.getOffsetAfter())) {
                return false;
            }
            transition = rules.nextTransition(transition.getInstant());
        }
        return true;
    }

    private static boolean fits(long seconds, ZoneOffset offset) {
        return offset.getTotalSeconds() % seconds == 0;
    }
}
