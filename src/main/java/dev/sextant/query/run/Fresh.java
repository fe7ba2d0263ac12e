package dev.sextant.query.run;

import dev.sextant.engine.DatasetState;
import dev.sextant.query.cache.CacheStatus;
import dev.sextant.query.cache.Effort;
import dev.sextant.query.cache.ResultTable;
import dev.sextant.query.model.ErrorBound;
import dev.sextant.query.model.Query;
import dev.sextant.query.rollup.Served;
import java.util.List;

/**
 * An answer that was just made.
 *
 * @param table its state is of the range that it covers
 * @param state of the whole dataset in the snapshot that it was made of
 * @param errors one for each measure that is not exact
 */
record Fresh(
        ResultTable table, DatasetState state, CacheStatus cache, Effort effort, List<ErrorBound> errors, String plan) {

    /** Whether it was made of a rollup, and not of the events. */
    boolean readsRollup() {
        return plan.startsWith(Served.PLAN);
    }

    /** The same for those who are not told which rollups there are: neither its name, nor its size. */
    Fresh veiled(Query resolved) {
        return readsRollup()
                ? new Fresh(
                        table,
                        state,
                        cache,
                        new Effort(
                                Quotes.rows(resolved, state, null),
                                effort.units(),
                                effort.unitsQuoted(),
                                effort.queuedNanos()),
                        errors,
                        Served.UNNAMED)
                : this;
    }

    /** The same, as the answer of another plan. */
    Fresh by(String other) {
        return new Fresh(table, state, cache, effort, errors, other);
    }
}
