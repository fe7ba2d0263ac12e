package dev.sextant.operations;

import dev.sextant.kernel.Problem;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An operation as PostgreSQL keeps it, but for its question and result.
 *
 * @param kind {@code query}, {@code scale} or {@code backup}
 * @param queryId null where it is none
 * @param estMillis how long it was expected to run
 * @param queuePlace among the tenant's own, from 1; null where it does not wait
 * @param aheadMillis how long it and all of the tenant's before it were expected to run
 * @param progress from 0 to 1, where whoever runs it has told; null where nobody has
 * @param problem why it failed; null where it did not
 */
record Stored(
        String id,
        String kind,
        @Nullable String queryId,
        Status status,
        long estMillis,
        @Nullable Long queuePlace,
        long aheadMillis,
        @Nullable Double progress,
        @Nullable Problem problem,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {}
