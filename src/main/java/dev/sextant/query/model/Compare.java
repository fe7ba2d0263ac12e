package dev.sextant.query.model;

import dev.sextant.query.model.TimeRange.Between;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** The other period that each measure is compared with. */
public sealed interface Compare {

    /** The period that a range is compared with, days and longer counted in the calendar of the zone. */
    Between range(Between range, ZoneId zone);

    /** The same stretch of time, so much earlier. */
    record Offset(Grain offset) implements Compare {
        @Override
        public Between range(Between range, ZoneId zone) {
            Instant from = notTooEarly(offset.before(range.from(), zone));
            Instant to = offset.before(range.to(), zone);
            Duration length = Duration.between(range.from(), range.to());
            return new Between(from, to.isAfter(from) ? to : from.plus(length)); // 30 March, a month earlier
        }

        private static Instant notTooEarly(Instant instant) {
            return instant.isBefore(TimeRange.EARLIEST) ? TimeRange.EARLIEST : instant;
        }
    }

    /** A period by its own bounds. */
    record Period(Between period) implements Compare {
        @Override
        public Between range(Between range, ZoneId zone) {
            return period;
        }
    }
}
