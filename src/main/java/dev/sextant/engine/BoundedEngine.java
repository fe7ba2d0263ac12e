package dev.sextant.engine;

import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** An engine that is given no more plans at once than the limits say, of each tenant and in all. */
public final class BoundedEngine implements OlapEngine {

    private static final int RETRY_AFTER_SECONDS = 1;

    private final OlapEngine engine;
    private final RunLimits limits;
    private final AtomicInteger running = new AtomicInteger();
    private final ConcurrentMap<TenantId, Integer> tenantToRunning = new ConcurrentHashMap<>();

    public BoundedEngine(OlapEngine engine, RunLimits limits) {
        this.engine = engine;
        this.limits = limits;
    }

    @Override
    public Future<Answer> run(TenantId tenant, Plan plan, Deadline deadline, RunHandle handle) {
        return admitted(tenant, () -> engine.run(tenant, plan, deadline, handle));
    }

    /** A stream counts until its first row can be had; the engine bounds those that are open. */
    @Override
    public RowFiles files() {
        return engine.files();
    }

    @Override
    public Future<RowStream> stream(TenantId tenant, Plan plan, Deadline deadline, RunHandle handle) {
        return admitted(tenant, () -> engine.stream(tenant, plan, deadline, handle));
    }

    private <T> Future<T> admitted(TenantId tenant, Supplier<Future<T>> work) {
        if (running.incrementAndGet() > limits.max()) {
            running.decrementAndGet();
            return refused("Too many queries are under way; try again shortly.");
        }
        if (tenantToRunning.merge(tenant, 1, Integer::sum) > limits.perTenantMax()) {
            leave(tenant);
            return refused("Too many of your queries are under way; wait for some of them.");
        }
        return work.get().onComplete(_ -> leave(tenant));
    }

    private void leave(TenantId tenant) {
        running.decrementAndGet();
        tenantToRunning.computeIfPresent(tenant, (_, count) -> count == 1 ? null : count - 1);
    }

    private static <T> Future<T> refused(String detail) {
        return ProblemException.failed(new Problem.Overloaded(RETRY_AFTER_SECONDS, detail));
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
    public Future<Deleted> delete(TenantId tenant, Condition condition, Deadline deadline) {
        return engine.delete(tenant, condition, deadline);
    }

    @Override
    public Future<Void> defineRollup(TenantId tenant, RollupTable rollup, Deadline deadline) {
        return engine.defineRollup(tenant, rollup, deadline);
    }

    @Override
    public Future<Void> dropRollup(TenantId tenant, String dataset, String name) {
        return engine.dropRollup(tenant, dataset, name);
    }

    @Override
    public Duration dedupeWindow() {
        return engine.dedupeWindow();
    }

    @Override
    public Future<DatasetState> state(TenantId tenant, String dataset) {
        return engine.state(tenant, dataset);
    }

    @Override
    public Future<Void> drop(TenantId tenant) {
        return engine.drop(tenant);
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
