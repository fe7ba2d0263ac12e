package dev.sextant;

import dev.sextant.engine.Answer;
import dev.sextant.engine.Appended;
import dev.sextant.engine.Capacity;
import dev.sextant.engine.Condition;
import dev.sextant.engine.DatasetState;
import dev.sextant.engine.Deleted;
import dev.sextant.engine.EventBatch;
import dev.sextant.engine.OlapEngine;
import dev.sextant.engine.Plan;
import dev.sextant.engine.RollupTable;
import dev.sextant.engine.RowFiles;
import dev.sextant.engine.RowStream;
import dev.sextant.engine.RunHandle;
import dev.sextant.engine.Share;
import dev.sextant.engine.Table;
import dev.sextant.engine.TenantCopies;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** An engine of which a test can see whose data it dropped and how often it was asked, and which it can hold up. */
public final class WatchedEngine implements OlapEngine {

    private final OlapEngine engine;
    private final Set<TenantId> dropped = ConcurrentHashMap.newKeySet();
    private final Map<TenantId, AtomicInteger> tenantToRuns = new ConcurrentHashMap<>();
    private final Map<TenantId, AtomicInteger> tenantToOpen = new ConcurrentHashMap<>();
    private final Map<TenantId, Share> tenantToShare = new ConcurrentHashMap<>();
    private volatile boolean refusesToDrop;
    private volatile boolean refusesToRun;
    private volatile boolean refusesCopies;
    private volatile boolean isFull;
    private volatile Promise<Void> gate = opened();

    public WatchedEngine(OlapEngine engine) {
        this.engine = engine;
    }

    @Override
    public void share(TenantId tenant, Share share) {
        tenantToShare.put(tenant, share);
        engine.share(tenant, share);
    }

    /** The share that a tenant was given last; empty where it was given none. */
    public Optional<Share> shareOf(String tenant) {
        return Optional.ofNullable(tenantToShare.get(new TenantId(tenant)));
    }

    /** From now on nothing copies its files, as with an engine that others keep safe. */
    public void refuseCopies(boolean refuses) {
        refusesCopies = refuses;
    }

    @Override
    public Optional<TenantCopies> copies() {
        return refusesCopies ? Optional.empty() : engine.copies();
    }

    @Override
    public Capacity capacity() {
        return engine.capacity();
    }

    private static Promise<Void> opened() {
        Promise<Void> gate = Promise.promise();
        gate.complete();
        return gate;
    }

    public void refuseToDrop(boolean refuses) {
        refusesToDrop = refuses;
    }

    public void refuseToRun(boolean refuses) {
        refusesToRun = refuses;
    }

    public boolean hasDropped(String tenant) {
        return dropped.contains(new TenantId(tenant));
    }

    /** Whether it refuses what is new, as with a full queue. */
    public void beFull(boolean full) {
        isFull = full;
    }

    /** Lets no plan run until {@link #release}, unless it is cancelled. */
    public void hold() {
        gate = Promise.promise();
    }

    public void release() {
        gate.tryComplete();
    }

    /** How many plans of the tenant it was given. */
    public int runs(String tenant) {
        return runsOf(new TenantId(tenant)).get();
    }

    /** How many plans of the tenant it has taken and not ended. */
    public int open(String tenant) {
        return openOf(new TenantId(tenant)).get();
    }

    private AtomicInteger openOf(TenantId tenant) {
        return tenantToOpen.computeIfAbsent(tenant, _ -> new AtomicInteger());
    }

    private AtomicInteger runsOf(TenantId tenant) {
        return tenantToRuns.computeIfAbsent(tenant, _ -> new AtomicInteger());
    }

    private static <T> Future<T> full() {
        return ProblemException.failed(new Problem.Overloaded(2, "The engine has too much to do."));
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
        return isFull ? full() : engine.append(tenant, batch, deadline);
    }

    @Override
    public Future<Deleted> delete(TenantId tenant, Condition condition, Deadline deadline) {
        return isFull ? full() : engine.delete(tenant, condition, deadline);
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
    public Future<Answer> run(TenantId tenant, Plan plan, Deadline deadline, RunHandle handle) {
        if (refusesToRun) {
            return ProblemException.failed(new Problem.Unavailable("engine", "The engine is away."));
        }
        runsOf(tenant).incrementAndGet();
        if (isFull) {
            return full();
        }
        openOf(tenant).incrementAndGet();
        return Future.any(gate.future(), handle.cancelled())
                .compose(_ -> engine.run(tenant, plan, deadline, handle))
                .onComplete(_ -> openOf(tenant).decrementAndGet());
    }

    @Override
    public RowFiles files() {
        return engine.files();
    }

    @Override
    public Future<RowStream> stream(TenantId tenant, Plan plan, Deadline deadline, RunHandle handle) {
        return isFull ? full() : engine.stream(tenant, plan, deadline, handle);
    }

    @Override
    public Future<DatasetState> state(TenantId tenant, String dataset) {
        return engine.state(tenant, dataset);
    }

    @Override
    public Future<Void> health() {
        return isFull ? full() : engine.health();
    }

    @Override
    public void close() {
        engine.close();
    }
}
