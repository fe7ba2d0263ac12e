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

    /** The state as an answer keeps it: {@code dataVersion} is that of the range, and chunks are not told apart. */
    public static DatasetState state(DatasetState state, @Nullable Between range) {
        return new DatasetState(version(state, range), state.rows(), state.watermark(), state.committedAt());
    }
}
