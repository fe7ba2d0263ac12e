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

/** Keeps no events, and remembers whose it dropped; for tests of what stands before an engine. */
public final class EmptyEngine implements OlapEngine {

    private final Set<TenantId> dropped = ConcurrentHashMap.newKeySet();
    private volatile boolean isAway;

    /** From now on it drops nothing, or does so again. */
    public void goAway(boolean away) {
        isAway = away;
    }

    public boolean hasDropped(String tenant) {
        return dropped.contains(new TenantId(tenant));
    }

    @Override
    public Future<Void> define(TenantId tenant, Table table) {
        return Future.succeededFuture();
    }

    @Override
    public Future<Appended> append(TenantId tenant, EventBatch batch, Deadline deadline) {
        return ProblemException.failed(new Problem.Unavailable("engine", "This engine keeps nothing."));
    }

    @Override
    public Duration dedupeWindow() {
        return Duration.ZERO;
    }

    @Override
    public Future<Answer> run(TenantId tenant, Plan plan, Deadline deadline) {
        return ProblemException.failed(new Problem.Unavailable("engine", "This engine answers nothing."));
    }

    @Override
    public Future<DatasetState> state(TenantId tenant, String dataset) {
        return Future.succeededFuture(DatasetState.EMPTY);
    }

    @Override
    public Future<Void> drop(TenantId tenant) {
        if (isAway) {
            return ProblemException.failed(new Problem.Unavailable("engine", "The engine is away."));
        }
        dropped.add(tenant);
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> health() {
        return Future.succeededFuture();
    }

    @Override
    public void close() {}
}
