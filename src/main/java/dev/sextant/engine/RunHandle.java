package dev.sextant.engine;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * What a caller keeps of work that it asked an engine for: stops it, and tells how far it is. For one work. Safe for all
 * threads.
 */
public final class RunHandle {

    private final Promise<Void> cancelled = Promise.promise();
    private volatile Supplier<OptionalDouble> progress = OptionalDouble::empty;

    /** The work fails with {@code Cancelled}, unless it has ended; the engine stops within milliseconds. Does not block. */
    public void cancel() {
        cancelled.tryComplete();
    }

    public boolean isCancelled() {
        return cancelled.future().isComplete();
    }

    /** Completes when {@link #cancel} is called, on the thread of whoever calls it; never fails. */
    public Future<Void> cancelled() {
        return cancelled.future();
    }

    /** From 0 to 1; empty where it is not known: the work waits, has ended, or the engine cannot tell. Does not block. */
    public OptionalDouble progress() {
        return progress.get();
    }

    /** For engines. The supplier is asked from any thread, and must not block. */
    public void tellProgressBy(Supplier<OptionalDouble> told) {
        progress = told;
    }
}
