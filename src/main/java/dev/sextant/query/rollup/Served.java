package dev.sextant.query.rollup;

import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.Query;
import java.util.List;

/**
 * A query as a rollup answers it.
 *
 * @param query the same question, of the rollup's columns; its columns have the same names, in the same order
 * @param model of the rollup, as if it were a dataset: its time is the start of a bucket
 * @param keys and {@code parts}: the rollup's columns after its time
 */
public record Served(Rollup rollup, Query query, DatasetModel model, List<String> keys, Parts parts) {

    /** What the plans of those begin with that read a rollup. */
    public static final String PLAN = "rollup:";

    /** What the plan is called to those who are not told which rollups there are. */
    public static final String UNNAMED = "rollup";

    public Served {
        keys = List.copyOf(keys);
    }

    /** As the answer names it. */
    public String plan() {
        return PLAN + rollup.name();
    }
}
