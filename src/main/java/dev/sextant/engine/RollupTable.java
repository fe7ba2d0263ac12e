package dev.sextant.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an engine keeps of a dataset's events beside them: groups of them, with a number or a few of each. A group may stand
 * in several rows; its numbers are those of its rows put together, each in its own {@link Merge}.
 *
 * @param grainSeconds how long a bucket of the first key is, counted from 1970; a day at most, and a day is a multiple
 * @param keys the columns by which rows are grouped; the first is {@link Table#TIME}, the start of the bucket
 * @param parts the columns after these
 * @param sql a {@code SELECT} in the engine's dialect that yields keys and parts, in their order, from the events
 * @param parameters the values of its {@code ?} marks
 */
public record RollupTable(
        String dataset,
        String name,
        long grainSeconds,
        List<String> keys,
        List<Part> parts,
        String sql,
        List<@Nullable Object> parameters) {

    /** Where rollups stand, beside the datasets. */
    public static final String SCHEMA = "rollup";

    /** How the numbers of two rows of one group are put together. */
    public enum Merge {
        SUM,
        MIN,
        MAX
    }

    /** A number of a group. */
    public record Part(String column, Merge merge) {}

    public RollupTable {
        keys = List.copyOf(keys);
        parts = List.copyOf(parts);
    }

    /** The table's name in {@link #SCHEMA}; no two rollups of a tenant have the same. */
    public static String table(String dataset, String name) {
        return dataset + "." + name;
    }
}
