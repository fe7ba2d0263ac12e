package dev.sextant.engine.druid;

import dev.sextant.engine.Chunk;
import dev.sextant.kernel.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that one entry yielded.
 *
 * @param endOffset of its last record in the topic of rows: when Druid is beyond it, all of the entry is there
 * @param hourToRows in which hours, by their numbers since 1970, how many rows are
 * @param order what an order says, as JSON
 */
record Arrival(
        Stamp stamp,
        long endOffset,
        Map<Long, Long> hourToRows,
        long earliestMicros,
        long latestMicros,
        @Nullable String order) {

    static final long HOUR_SECONDS = 3_600;
    private static final long HOUR_MICROS = HOUR_SECONDS * 1_000_000;

    long version() {
        return stamp.version();
    }

    Place place() {
        return stamp.place();
    }

    long rows() {
        return hourToRows.values().stream().mapToLong(Long::longValue).sum();
    }

    /** In which chunks how many rows are. */
    Map<Chunk, Long> chunkToRows(Instant now) {
        Map<Chunk, Long> chunks = new HashMap<>();
        hourToRows.forEach((hour, rows) -> chunks.merge(chunk(hour, now), rows, Long::sum));
        return chunks;
    }

    /** What the order says. */
    <T> @Nullable T order(Class<T> type) {
        return order == null ? null : Json.read(order.getBytes(StandardCharsets.UTF_8), type);
    }

    static Chunk chunk(long hour, Instant now) {
        return Chunk.of(Instant.ofEpochSecond(hour * HOUR_SECONDS), now);
    }

    /** Puts an entry's records together. */
    static final class Builder {

        private final Map<Long, Long> hourToRows = new TreeMap<>();
        private long earliestMicros = Long.MAX_VALUE;
        private long latestMicros = Long.MIN_VALUE;

        /** The whole, where this record is its last; else null. */
        @Nullable
        Arrival add(Stamp stamp, long offset, @Nullable String order) {
            if (stamp.kind() == Stamp.Kind.ROW) {
                hourToRows.merge(Math.floorDiv(stamp.micros(), HOUR_MICROS), 1L, Long::sum);
                earliestMicros = Math.min(earliestMicros, stamp.micros());
                latestMicros = Math.max(latestMicros, stamp.micros());
            }
            if (stamp.left() > 0) {
                return null;
            }
            Arrival arrival =
                    new Arrival(stamp, offset, new TreeMap<>(hourToRows), earliestMicros, latestMicros, order);
            hourToRows.clear();
            earliestMicros = Long.MAX_VALUE;
            latestMicros = Long.MIN_VALUE;
            return arrival;
        }
    }
}
