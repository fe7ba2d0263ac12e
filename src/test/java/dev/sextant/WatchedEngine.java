package dev.sextant;

import dev.sextant.engine.Answer;
import dev.sextant.engine.Appended;
import dev.sextant.engine.DatasetState;
import dev.sextant.engine.EventBatch;
import dev.sextant.engine.OlapEngine;
import dev.sextant.engine.Plan;
import dev.sextant.engine.Table;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An engine of which a test can see whose data it dropped, and which it can keep from dropping. */
public final class WatchedEngine implements OlapEngine {

    private final OlapEngine engine;
    private final Set<TenantId> dropped = ConcurrentHashMap.newKeySet();
    private volatile boolean refusesToDrop;

    public WatchedEngine(OlapEngine engine) {
        this.engine = engine;
    }

    public void refuseToDrop(boolean refuses) {
        refusesToDrop = refuses;
    }

    public boolean hasDropped(String tenant) {
        return dropped.contains(new TenantId(tenant));
    }

    @Override
    public Future<Void> drop(TenantId tenant) {
        return refusesToDrop
                ? ProblemException.failed(new Problem.Unavailable("engine", "The engine is away."))
                : engine.drop(tenant).onSuccess(_ -> dropped.add(tenant));
    }

    @Override
    public Future<Void> define(TenantId tenant, Table table) {
        return engine.define(tenant, table);
    }

    @Override
    public Future<Appended> append(TenantId tenant, EventBatch batch, Deadline deadline) {
        return engine.append(tenant, batch, deadline);
    }

    @Override
    public Duration dedupeWindow() {
        return engine.dedupeWindow();
    }

    @Override
    public Future<Answer> run(TenantId tenant, Plan plan, Deadline deadline) {
        return engine.run(tenant, plan, deadline);
    }

    @Override
    public Future<DatasetState> state(TenantId tenant, String dataset) {
        return engine.state(tenant, dataset);
    }

    @Override
    public Future<Void> health() {
        return engine.health();
    }

    @Override
    public void close() {
        engine.close();
    }
}
