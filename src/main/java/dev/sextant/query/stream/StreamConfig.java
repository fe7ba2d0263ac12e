package dev.sextant.query.stream;

import java.time.Duration;

/**
 * {@code streams:} in the configuration file. How many there may be, the engine says.
 *
 * @param workers threads that read and compile queries, and write files
 * @param patience how long one stream may take, from the question to its last byte
 */
public record StreamConfig(int workers, Duration patience) {

    public static final StreamConfig DEFAULT = new StreamConfig(2, Duration.ofMinutes(15));

    public StreamConfig {
        if (workers < 1 || workers > 64 || patience.toMillis() < 1) {
            throw new IllegalArgumentException("streams: workers must be 1 to 64, patience 1ms or more");
        }
    }
}
