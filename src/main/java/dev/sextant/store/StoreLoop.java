package dev.sextant.store;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/**
 * The event loop on which PostgreSQL is spoken to. Those that serve callers may be too busy to hear its answers in time, and a
 * patience that ends is to tell of the database, not of them. Safe for all threads.
 *
 * @param callers whose contexts the answers are told on
 */
record StoreLoop(Vertx callers, Context loop) {

    /** Does {@code work} on this loop, with all that is composed there; the future completes on the context of whoever called. */
    <T> Future<T> run(Supplier<Future<T>> work) {
        Promise<T> told = Promise.promise();
        Context caller = callers.getOrCreateContext();
        loop.runOnContext(_ ->
                work.get().onComplete((result, failure) -> caller.runOnContext(_ -> told.complete(result, failure))));
        return told.future();
    }
}
