package dev.sextant.engine.duckdb;

import dev.sextant.engine.Appended;
import dev.sextant.engine.Condition;
import dev.sextant.engine.Deleted;
import dev.sextant.engine.EventBatch;
import dev.sextant.engine.RollupTable;
import dev.sextant.engine.Table;
import dev.sextant.engine.TenantCopies.Copied;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.Promise;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What waits to be written for a tenant, with whoever waits for it. */
sealed interface Write {

    Promise<?> promise();

    default void fail(ProblemException problem) {
        promise().tryFail(problem);
    }

    /** What it counts towards a group that is written together. Only appends share one. */
    default long share(int groupMax) {
        return groupMax;
    }

    record Append(EventBatch batch, Deadline deadline, Promise<Appended> promise) implements Write {

        @Override
        public long share(int groupMax) {
            return Math.max(1, batch.events().size());
        }

        /** Roughly the memory that the batch takes while it waits. */
        long weight() {
            long weight = 1;
            for (EventBatch.Event event : batch.events()) {
                weight += 64 + 16L * event.values().length + length(event.properties());
                for (Object value : event.values()) {
                    weight += length(value);
                }
            }
            return weight;
        }

        private static long length(@Nullable Object value) {
            return value instanceof String text ? text.length() : 0;
        }
    }

    record Delete(Condition condition, Deadline deadline, Promise<Deleted> promise) implements Write {}

    record DefineRollup(RollupTable rollup, Deadline deadline, Promise<Void> promise) implements Write {}

    record DropRollup(String dataset, String name, Promise<Void> promise) implements Write {}

    record Define(Table table, Promise<Void> promise) implements Write {}

    record Copy(Path folder, Duration pauseMax, Promise<Copied> promise) implements Write {}

    record Drop(Promise<Void> promise) implements Write {}
}
