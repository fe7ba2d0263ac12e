package dev.sextant.engine;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a dataset's data is.
 *
 * @param dataVersion grows with every commit that changes the data; 0 where nothing was ever written
 * @param watermark the latest event time that was ever stored; null where there was none
 * @param committedAt when the last commit was made; null where there was none
 * @param chunks of what version each stretch of time is
 * @param rollupToRows how many rows each of its rollups has, by its name
 */
public record DatasetState(
        long dataVersion,
        long rows,
        @Nullable Instant watermark,
        @Nullable Instant committedAt,
        Chunks chunks,
        Map<String, Long> rollupToRows) {

    public static final DatasetState EMPTY = new DatasetState(0, 0, null, null, Chunks.NONE);

    /** As a reader sees it who looks at an earlier version. */
    public DatasetState at(long version) {
        return new DatasetState(version, rows, watermark, committedAt, chunks, rollupToRows);
    }

    /** Where there are no rollups. */
    public DatasetState(
            long dataVersion, long rows, @Nullable Instant watermark, @Nullable Instant committedAt, Chunks chunks) {
        this(dataVersion, rows, watermark, committedAt, chunks, Map.of());
    }

    /** The same, with these rollups. */
    public DatasetState with(Map<String, Long> rollups) {
        return new DatasetState(dataVersion, rows, watermark, committedAt, chunks, rollups);
    }

    /** Where the versions of chunks are not known: each is the dataset's. */
    public DatasetState(long dataVersion, long rows, @Nullable Instant watermark, @Nullable Instant committedAt) {
        this(dataVersion, rows, watermark, committedAt, Chunks.undivided(dataVersion, rows));
    }
}
