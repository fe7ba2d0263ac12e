package dev.sextant.engine;

import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** An engine whose runs end when the test says so. */
final class HeldEngine implements OlapEngine {

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

    @Override
    public Future<RowStream> stream(TenantId tenant, Plan plan, Deadline deadline, RunHandle handle) {
        return Promise.<RowStream>promise().future();
    }

    @Override
    public Future<Void> define(TenantId tenant, Table table) {
        return Future.succeededFuture();
    }

    @Override
    public Future<Appended> append(TenantId tenant, EventBatch batch, Deadline deadline) {
        return Future.succeededFuture(new Appended(0, 0, 0));
    }

    @Override
    public Duration dedupeWindow() {
        return Duration.ZERO;
    }

    @Override
    public Future<DatasetState> state(TenantId tenant, String dataset) {
        return Future.succeededFuture(DatasetState.EMPTY);
    }

    @Override
    public Future<Void> drop(TenantId tenant) {
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> health() {
        return Future.succeededFuture();
    }

    @Override
    public void close() {}
}
