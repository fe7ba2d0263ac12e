package dev.sextant.query.run;

import dev.sextant.engine.DatasetState;
import dev.sextant.query.cache.CacheStatus;
import dev.sextant.query.cache.Effort;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;

/**
 * What a statement of SQL yielded.
 *
 * @param json all but its last brace; nobody changes it
 * @param state of the datasets together, as they are now: the earliest of their watermarks and commits
 * @param effort of whoever asked first
 */
public record SqlAnswer(List<String> datasets, Buffer json, CacheStatus cache, DatasetState state, Effort effort) {

    /** What is true of one request only. */
    public Meta meta(String queryId, long startedNanos, Instant now) {
        return new Meta(queryId, startedNanos, now, cache, effort, state, false);
    }

    /** What it is charged with: nothing, where it was there already. */
    public long units() {
        return cache == CacheStatus.HIT ? 0 : effort.units();
    }
}
