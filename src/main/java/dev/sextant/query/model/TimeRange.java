package dev.sextant.query.model;

import java.time.Instant;

/** Which events are looked at, by their time. */
public sealed interface TimeRange {

    /** No event is older. */
    Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    /** No event is younger. */
    Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    /** The range in absolute terms. */
    Between at(Instant now);

    /** Up to now. Days and longer are counted in the UTC calendar. */
    record Last(Grain amount) implements TimeRange {
        @Override
        public Between at(Instant now) {
            Instant from = amount.before(now);
            return new Between(from.isBefore(EARLIEST) ? EARLIEST : from, now);
        }
    }

    /** From inclusive, to exclusive; from is earlier than to. */
    record Between(Instant from, Instant to) implements TimeRange {
        @Override
        public Between at(Instant now) {
            return this;
        }
    }
}
