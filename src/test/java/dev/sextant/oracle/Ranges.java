package dev.sextant.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneOffset;

/** The time that {@code last} means. */
final class Ranges {

    private Ranges() {}

    /** The end: when the step ends that now lies in. */
    static Instant to(JsonNode query, Instant now) {
        long step = step(query);
        return Instant.ofEpochSecond((now.getEpochSecond() / step + 1) * step);
    }

    static Instant from(JsonNode query, Instant to) {
        return Span.parse(query.at("/time_range/last").textValue()).before(to, ZoneOffset.UTC);
    }

    /** The finest grain that is asked for, or else a 600th of the range; from 1 s to 60 s. */
    private static long step(JsonNode query) {
        long step = Oracle.list(query.path("dimensions")).stream()
                .filter(dimension -> dimension.has("grain"))
                .mapToLong(dimension ->
                        Span.parse(dimension.get("grain").textValue()).seconds())
                .min()
                .orElseGet(() ->
                        Span.parse(query.at("/time_range/last").textValue()).seconds() / 600);
        return Math.clamp(step, 1, 60);
    }
}
