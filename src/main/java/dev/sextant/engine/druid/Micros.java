package dev.sextant.engine.druid;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants as Druid keeps them for us: whole microseconds since 1970, UTC. */
final class Micros {

    private static final long PER_MILLI = 1000;

    private Micros() {}

    static long of(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    static Instant toInstant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** The millisecond it lies in. */
    static long toMillis(long micros) {
        return Math.floorDiv(micros, PER_MILLI);
    }
}
