package dev.sextant.query.run;

import dev.sextant.engine.Answer;
import dev.sextant.engine.DatasetState;
import dev.sextant.query.budget.CostRule;
import dev.sextant.query.budget.Quote;
import dev.sextant.query.budget.Sketches;
import dev.sextant.query.budget.Speed;
import dev.sextant.query.cache.Effort;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.TimeRange.Between;
import dev.sextant.query.rollup.Served;
import org.jspecify.annotations.Nullable;

/** Says what queries take, before and after; learns from each how long the next one takes. Safe for all threads. */
final class Quotes {

    /** What a plan is called that reads the events themselves. */
    private static final String SCAN = "scan";

    private static final String SKETCH = "+sketch";

    private final Speed speed = new Speed();

    static String plan(Query query, DatasetModel model) {
        return Sketches.bounds(query, model).isEmpty() ? SCAN : SCAN + SKETCH;
    }

    /** @param rows that are read: see {@link #rows} */
    Quote quote(Query resolved, long rows, DatasetModel model) {
        return new Quote(
                rows, CostRule.units(rows, resolved, model), speed.millis(rows * CostRule.factor(resolved, model)));
    }

    /**
     * What an answer took.
     *
     * @param rows that were read: see {@link #rows}
     * @param nanos that the engine took, its queue included
     */
    Effort effort(Query resolved, Answer answer, DatasetModel model, long rows, long nanos) {
        speed.observe(rows * CostRule.factor(resolved, model), (nanos - answer.queueNanos()) / 1e6);
        long units = CostRule.units(rows, resolved, model);
        return new Effort(rows, units, units, answer.queueNanos());
    }

    /**
     * How many rows are read, at most: of the chunks that the range touches, or of the rollup.
     *
     * @param served null where the events are read
     */
    static long rows(Query resolved, DatasetState state, @Nullable Served served) {
        long events = events(resolved, state);
        return served == null
                ? events
                : Math.min(
                        events,
                        state.rollupToRows().getOrDefault(served.rollup().name(), events));
    }

    private static long events(Query resolved, DatasetState state) {
        if (!(resolved.timeRange() instanceof Between range)) {
            return state.rows();
        }
        Between compared = resolved.comparedRange();
        long rows = state.chunks().rows(range.from(), range.to());
        return compared == null ? rows : rows + state.chunks().rows(compared.from(), compared.to());
    }
}
