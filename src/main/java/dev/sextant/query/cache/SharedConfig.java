package dev.sextant.query.cache;

import java.time.Duration;

/**
 * {@code query.shared:} in the configuration file.
 *
 * @param rowsMin an answer is worth sharing where this many rows or more were to be read
 * @param bytesMax of the largest answer that is shared, as JSON; 0 shares none
 * @param keep how long an answer stays
 * @param patience how long a query waits for a shared answer
 */
public record SharedConfig(long rowsMin, int bytesMax, Duration keep, Duration patience) {

    private static final int BYTES_MAX = 64 << 20;

    public static final SharedConfig DEFAULT =
            new SharedConfig(100_000, 1 << 20, Duration.ofHours(1), Duration.ofMillis(20));

    public SharedConfig {
        if (rowsMin < 0 || bytesMax < 0 || bytesMax > BYTES_MAX || keep.toMillis() < 1 || patience.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "query.shared: rows_min must be 0 or more, bytes_max 0 to 67108864, keep and patience 1ms or more");
        }
    }
}
