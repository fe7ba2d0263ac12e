package dev.sextant.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a dataset's data is.
 *
 * @param dataVersion grows with every commit that changes the data; 0 where nothing was ever written
 * @param watermark the latest event time; null where there are no events
 * @param committedAt when the last commit was made; null where there was none
 */
public record DatasetState(
        long dataVersion,
        long rows,
        @Nullable Instant watermark,
        @Nullable Instant committedAt) {

    public static final DatasetState EMPTY = new DatasetState(0, 0, null, null);
}
