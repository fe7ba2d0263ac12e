package dev.sextant.audit.log;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Asks to erase the personal parts of records; it has the shape of the request's body, and prints without whose they are.
 *
 * @param actor of whose calls; null for anybody's
 * @param address from where; null for anywhere
 * @param from nothing before it; null for the beginning
 * @param to only what was before it; null for the end
 */
record EraseLog(
        @Nullable String actor,
        @Nullable String address,
        @Nullable Instant from,
        @Nullable Instant to) {

    @Override
    public String toString() {
        return "EraseLog[actor=***, address=***, from=%s, to=%s]".formatted(from, to);
    }
}
