package dev.sextant.query.cache;

import dev.sextant.engine.DatasetState;
import dev.sextant.query.model.TimeRange.Between;
import org.jspecify.annotations.Nullable;

/** Tells of what version the data is that a range covers: a commit elsewhere leaves it as it was. Pure. */
public final class Covered {

    private Covered() {}

    /**
     * The version of the data in the range.
     *
     * @param range null for all time
     */
    public static long version(DatasetState state, @Nullable Between range) {
        return range == null
                ? state.chunks().version(null, null)
                : state.chunks().version(range.from(), range.to());
    }

    /** The version of the data in the range and in the other one that it is compared with; null where there is none. */
    public static long version(DatasetState state, @Nullable Between range, @Nullable Between compared) {
        long version = version(state, range);
        return compared == null ? version : Math.max(version, version(state, compared));
    }

    /** The state as an answer keeps it: {@code dataVersion} is that of the ranges, and chunks are not told apart. */
    public static DatasetState state(DatasetState state, @Nullable Between range, @Nullable Between compared) {
        return new DatasetState(version(state, range, compared), state.rows(), state.watermark(), state.committedAt());
    }
}
