package dev.sextant.query.run;

import dev.sextant.query.model.Dimension;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Says which time a query means. A relative range ends with the step of time that now lies in, so that what just
 * happened is in it, and so that all who ask within a step ask the same. Pure.
 */
public final class TimeRanges {

    private static final Duration STEP_MIN = Duration.ofSeconds(1);
    private static final Duration STEP_MAX = Duration.ofSeconds(60);
    private static final int STEPS_PER_RANGE = 600;

    private TimeRanges() {}

    /** The query's range in absolute terms; null for all time. */
    public static TimeRange.@Nullable Between resolve(Query query, Instant now) {
        return switch (query.timeRange()) {
            case null -> null;
            case TimeRange.Between between -> between;
            case TimeRange.Last last -> last.at(stepEnd(now, step(query)));
        };
    }

    /**
     * How often a relative range moves on: with the finest grain that the query groups by, or else after a 600th of the
     * range; from 1 s to 60 s.
     */
    public static Duration step(Query query) {
        return query.dimensions().stream()
                .filter(Dimension.TimeBucket.class::isInstance)
                .map(dimension -> ((Dimension.TimeBucket) dimension).grain().atLeast())
                .min(Comparator.naturalOrder())
                .map(TimeRanges::bounded)
                .orElseGet(() -> stepOfRange(query));
    }

    private static Duration stepOfRange(Query query) {
        return query.timeRange() instanceof TimeRange.Last last
                ? bounded(last.amount().atLeast().dividedBy(STEPS_PER_RANGE))
                : STEP_MAX;
    }

    /** Whole seconds from 1 to 60. */
    private static Duration bounded(Duration step) {
        if (step.compareTo(STEP_MIN) < 0) {
            return STEP_MIN;
        }
        return step.compareTo(STEP_MAX) > 0 ? STEP_MAX : Duration.ofSeconds(step.toSeconds());
    }

    /** The first end of a step that is later than {@code now}; steps are counted from 1970. */
    public static Instant stepEnd(Instant now, Duration step) {
        long seconds = step.toSeconds();
        return Instant.ofEpochSecond((Math.floorDiv(now.getEpochSecond(), seconds) + 1) * seconds);
    }
}
