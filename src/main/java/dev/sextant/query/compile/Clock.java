package dev.sextant.query.compile;

import dev.sextant.query.model.Dimension.TimeBucket;
import dev.sextant.query.model.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the clocks of a zone show over the buckets of a range, as the JDK's rules have it: with it an engine only adds and
 * compares, which is several times faster than its own zones, and agrees with the calendar that ranges are resolved by.
 *
 * @param first what they are ahead of UTC at the beginning
 * @param changes of that, ascending; few
 */
record Clock(ZoneOffset first, List<ZoneOffsetTransition> changes) {

    /** Two years of a zone that changes four times a year: for more, an engine's own zones are as fast. */
    static final int CHANGES_MAX = 8;

    /** Where an engine has no zones that are ours: 60 years of one that changes twice. */
    static final int CHANGES_MOST = 120;

    /** By how much a period may lie over the end of the range that it is laid over: months are not of one length. */
    private static final Duration BEYOND = Duration.ofDays(40);

    private static final Duration GRAIN_MAX = Duration.ofDays(366 * 5L);

    Clock {
        changes = List.copyOf(changes);
    }

    /** All that lies in the range, or in the other one, also when that is moved onto it. */
    static TimeRange.Between around(TimeRange.Between range, TimeRange.@Nullable Between other) {
        if (other == null) {
            return range;
        }
        Instant from = other.from().isBefore(range.from()) ? other.from() : range.from();
        Instant moved = range.from().plus(Duration.between(other.from(), other.to()));
        Instant to = Stream.of(range.to(), other.to(), moved)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return new TimeRange.Between(from, to.plus(BEYOND));
    }

    /** Empty where the clocks change too often in the range for each change to be told. */
    static Optional<Clock> of(TimeBucket bucket, TimeRange.Between range, int changesMax) {
        Duration grain = bucket.grain().atLeast();
        if (grain.compareTo(GRAIN_MAX) > 0 && changesMax < CHANGES_MOST) {
            return Optional.empty();
        }
        ZoneRules rules = bucket.zone().getRules();
        Instant begin = range.from().minus(grain.plus(grain.dividedBy(5)).plusDays(2)); // where the first bucket begins
        List<ZoneOffsetTransition> changes = new ArrayList<>();
        ZoneOffsetTransition next = rules.nextTransition(begin);
        while (next != null && next.getInstant().isBefore(range.to())) {
            if (changes.size() == changesMax) {
                return Optional.empty();
            }
            changes.add(next);
            next = rules.nextTransition(next.getInstant());
        }
        return Optional.of(new Clock(rules.getOffset(begin), changes));
    }

    /** Whether what the clock shows is always whole multiples of this ahead of UTC. */
    boolean isAheadBy(Duration grain) {
        return first.getTotalSeconds() % grain.toSeconds() == 0
                && changes.stream()
                        .allMatch(change -> change.getOffsetAfter().getTotalSeconds() % grain.toSeconds() == 0);
    }
}
