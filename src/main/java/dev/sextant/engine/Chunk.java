package dev.sextant.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * A stretch of a dataset's time that has a version of its own.
 *
 * @param number of hours or days since 1970, or the year itself; all in UTC
 */
public record Chunk(Span span, long number) {

    /** How long it is. Coarse where little is expected, so that there are never more than some ten thousand. */
    public enum Span {
        HOUR(Duration.ofDays(2)),
        DAY(Duration.ofDays(3653)),
        YEAR(Duration.ofSeconds(Long.MAX_VALUE));

        private final Duration distanceMax;

        Span(Duration distanceMax) {
            this.distanceMax = distanceMax;
        }

        /** The number of the chunk of this span that the instant lies in. */
        long number(Instant instant) {
            return switch (this) {
                case HOUR -> Math.floorDiv(instant.getEpochSecond(), 3_600L);
                case DAY -> Math.floorDiv(instant.getEpochSecond(), 86_400L);
                case YEAR -> instant.atOffset(ZoneOffset.UTC).getYear();
            };
        }
    }

    /** The chunk that counts an event of this time where it is stored now: hours near to now, days, and years far off. */
    public static Chunk of(Instant time, Instant now) {
        long seconds = Math.abs(time.getEpochSecond() - now.getEpochSecond());
        for (Span span : Span.values()) {
            if (seconds <= span.distanceMax.toSeconds()) {
                return new Chunk(span, span.number(time));
            }
        }
        throw new IllegalStateException("Years are for all that is left");
    }
}
