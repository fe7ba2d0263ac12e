package dev.sextant.query.run;

import dev.sextant.engine.DatasetState;
import dev.sextant.query.cache.CacheStatus;
import dev.sextant.query.cache.CachedResult;
import dev.sextant.query.cache.Covered;
import dev.sextant.query.cache.ResultTable;

/**
 * An answer, and where it came from.
 *
 * @param dataset that it is about
 * @param state of the whole dataset when it was asked for; what the answer covers may not have changed for long
 */
public record Answered(String dataset, CachedResult result, CacheStatus cache, DatasetState state) {

    /** Whether there is data that it does not know, or may be: it is of an earlier version. */
    boolean isStale() {
        if (cache == CacheStatus.STALE) {
            return true;
        }
        ResultTable table = result.table();
        return table.state().dataVersion() < Covered.version(state, table.range(), table.compared());
    }

    /** Whether nothing had to be asked of the engine. */
    public boolean hit() {
        return cache == CacheStatus.HIT;
    }

    /** What whoever asked pays for it, in cost units: what is in the cache was paid for by whoever asked first. */
    public long units() {
        return hit() || cache == CacheStatus.STALE ? 0 : result.effort().units();
    }
}
