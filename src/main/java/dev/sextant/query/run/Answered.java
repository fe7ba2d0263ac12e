package dev.sextant.query.run;

import dev.sextant.engine.DatasetState;
import dev.sextant.query.cache.CacheStatus;
import dev.sextant.query.cache.CachedResult;

/**
 * An answer, and where it came from.
 *
 * @param state of the whole dataset when it was asked for; what the answer covers may not have changed for long
 */
public record Answered(CachedResult result, CacheStatus cache, DatasetState state) {

    /** Whether nothing had to be asked of the engine. */
    public boolean hit() {
        return cache == CacheStatus.HIT;
    }

    /** What whoever asked pays for it, in cost units: what is in the cache was paid for by whoever asked first. */
    public long units() {
        return hit() ? 0 : result.effort().units();
    }
}
