package dev.sextant.engine.duckdb;

import dev.sextant.engine.RunHandle;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one stream needs of the engine: turns to read in, a clock, and its place.
 *
 * @param stay keeps the tenant's file open until it is run
 */
record StreamWays(
        Reads reads, DuckDbConfig.Streams limits, TenantId tenant, Deadline deadline, Release stay, Release place) {

    /** Lets go of something. */
    @FunctionalInterface
    interface Release {
        void run();
    }

    /** Reads when it is the tenant's turn. The queue takes it in any case: a stream that has begun is not refused. */
    <T> Future<T> read(Reading.Work<T> work, RunHandle handle) {
        return reads.submit(tenant, new Reading<>(work, deadline, handle), 0);
    }

    List<List<@Nullable Object>> readBatch(KeptRows rows, Reading<?> reading) throws SQLException {
        return rows.read(limits.batchRowsMax(), limits.batchBytesMax(), reading);
    }

    java.util.concurrent.Future<?> whenIdle(Runnable task) {
        return reads.timers().in(limits.idleAfter(), task);
    }

    java.util.concurrent.Future<?> whenLate(Runnable task) {
        return reads.timers().at(deadline, task);
    }

    /** Soon, on another thread. */
    void release(KeptStream stream) {
        reads.release(stream);
    }
}
