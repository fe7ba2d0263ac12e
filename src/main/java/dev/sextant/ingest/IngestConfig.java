package dev.sextant.ingest;

import java.time.Duration;

/**
 * {@code ingest:} in the configuration file.
 *
 * @param workers threads that read events
 * @param jsonBytesMax the largest JSON body, unzipped; NDJSON has no such limit, but for {@code all_or_nothing}
 * @param pieceBytes how much of an NDJSON stream is appended at a time
 * @param eventBytesMax the largest event
 * @param patience how long appending one body, or one piece of a stream, may take
 * @param errorsMax how many rejected events one answer describes; it counts all
 */
public record IngestConfig(
        int workers, int jsonBytesMax, int pieceBytes, int eventBytesMax, Duration patience, int errorsMax) {

    public static final IngestConfig DEFAULT =
            new IngestConfig(2, 16 << 20, 1 << 20, 256 << 10, Duration.ofSeconds(30), 1000);

    public IngestConfig {
        if (workers < 1
                || jsonBytesMax < 1024
                || pieceBytes < 1024
                || eventBytesMax < 1024
                || errorsMax < 1
                || patience.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "ingest: workers and errors_max must be 1 or more, patience 1ms or more, sizes 1024 or more");
        }
    }
}
