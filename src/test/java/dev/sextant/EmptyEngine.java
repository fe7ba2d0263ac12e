package dev.sextant;

import dev.sextant.engine.Appended;
import dev.sextant.engine.Condition;
import dev.sextant.engine.DatasetState;
import dev.sextant.engine.Deleted;
import dev.sextant.engine.EventBatch;
import dev.sextant.engine.OlapEngine;
import dev.sextant.engine.Plan;
import dev.sextant.engine.RollupTable;
import dev.sextant.engine.RowStream;
import dev.sextant.engine.RunHandle;
import dev.sextant.engine.Table;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import java.time.Duration;

/** An engine that keeps nothing; what it answers is up to the test. */
public abstract class EmptyEngine implements OlapEngine {

    @Override
    public Future<RowStream> stream(TenantId tenant, Plan plan, Deadline deadline, RunHandle handle) {
        return Future.failedFuture(new UnsupportedOperationException("Nobody streams here"));
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
    public Future<Deleted> delete(TenantId tenant, Condition condition, Deadline deadline) {
        return Future.failedFuture(new UnsupportedOperationException("Nobody deletes here"));
    }

    @Override
    public Future<Void> defineRollup(TenantId tenant, RollupTable rollup, Deadline deadline) {
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> dropRollup(TenantId tenant, String dataset, String name) {
        return Future.succeededFuture();
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
