package dev.sextant.engine;

import dev.sextant.EmptyEngine;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** An engine whose runs end when the test says so. */
final class HeldEngine extends EmptyEngine {

    private final Queue<Promise<Answer>> runs = new ArrayDeque<>();

    /** Ends the oldest run. */
    void end() {
        runs.remove().complete(new Answer(DatasetState.EMPTY, List.of(), 0));
    }

    @Override
    public Future<Answer> run(TenantId tenant, Plan plan, Deadline deadline, RunHandle handle) {
        Promise<Answer> promise = Promise.promise();
        runs.add(promise);
        return promise.future();
    }
}
