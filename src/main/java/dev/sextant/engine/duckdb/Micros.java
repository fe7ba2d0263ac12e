package dev.sextant.engine.duckdb;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants as DuckDB keeps them: whole microseconds since 1970, UTC. */
final class Micros {

    private Micros() {}

    /** @throws ArithmeticException beyond some 292,000 years */
    static long of(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    static Instant toInstant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
