package dev.sextant.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** From the one, to the other, which is no more in it. */
record Period(Instant from, Instant to) {

    /** Null where the query is about all time. */
    static @Nullable Period of(JsonNode range) {
        return range.isMissingNode()
                ? null
                : new Period(
                        Values.instant(range.get("from").textValue()),
                        Values.instant(range.get("to").textValue()));
    }

    boolean has(Instant time) {
        return !time.isBefore(from) && time.isBefore(to);
    }

    Instant last() {
        return to.minusNanos(1_000);
    }
}
