package dev.sextant.operations;

import dev.sextant.engine.RunHandle;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Promise;

/**
 * An operation on the node that has it.
 *
 * @param over completes when its end is stored; never fails
 */
record Work(Submission submission, RunHandle handle, Promise<Void> over) {

    static Work of(Submission submission) {
        return new Work(submission, new RunHandle(), Promise.promise());
    }

    TenantId tenant() {
        return submission.principal().tenant();
    }
}
