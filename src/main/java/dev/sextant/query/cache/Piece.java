package dev.sextant.query.cache;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a core's answer is for one piece of time.
 *
 * @param version of the data that it was made of
 * @param rows all of them, in no particular order
 */
public record Piece(long version, List<List<@Nullable Object>> rows) {

    private static final int OWN_BYTES = 160;
    private static final int ROW_BYTES = 48;
    private static final int VALUE_BYTES = 24;

    int weight() {
        long bytes = OWN_BYTES;
        for (List<@Nullable Object> row : rows) {
            bytes += ROW_BYTES + (long) row.size() * VALUE_BYTES;
            for (Object value : row) {
                bytes += value instanceof String text ? 2L * text.length() : 0;
            }
        }
        return (int) Math.min(Integer.MAX_VALUE, bytes);
    }
}
