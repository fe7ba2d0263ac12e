package dev.sextant.operations;

import dev.sextant.bus.Bus;
import dev.sextant.feature.Feature;
import dev.sextant.feature.WorkerSpec;
import dev.sextant.http.Operation;
import dev.sextant.kernel.Ids;
import dev.sextant.store.Postgres;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The door of the room that keeps queries which nobody waits for. */
public final class OperationsFeature implements Feature {

    private static final Duration PURGE_EVERY = Duration.ofMinutes(10);

    private final Bus bus;
    private final Postgres postgres;
    private final OperationsConfig config;
    private final InstantSource clock;
    private final Leases leases;
    private final OperationRunner runner;

    /**
     * Before the jobs of {@code postgres} are started: one of them deletes what was kept for long enough.
     *
     * @param takesOver whether this node takes over now what others left behind
     */
    public OperationsFeature(
            Bus bus, Postgres postgres, OperationsConfig config, BooleanSupplier takesOver, InstantSource clock) {
        this.bus = bus;
        this.postgres = postgres;
        this.config = config;
        this.clock = clock;
        this.leases = new Leases(postgres.platformDb(), config, clock, new Leases.Duty(Ids.make("node"), takesOver));
        this.runner = new OperationRunner(bus, postgres.tenantDb(), config, clock);
        postgres.jobs().every("operations.purge", PURGE_EVERY, leases::purge);
    }

    /** This node goes: others may take over at once what it was at. */
    public Future<Void> leave() {
        return leases.giveBack();
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                new GetOperationOperation(bus, "getOperation"),
                new GetOperationOperation(bus, "getQuery"),
                new CancelOperationOperation(bus, "cancelOperation"),
                new CancelOperationOperation(bus, "cancelQuery"),
                new ListOperationsOperation(bus),
                new GetQueryResultsOperation(bus, clock),
                new ExplainQueryOperation(bus));
    }

    @Override
    public List<WorkerSpec> workers() {
        return List.of(new WorkerSpec(
                "operations",
                ThreadingModel.WORKER,
                1,
                () -> new OperationWorker(bus, postgres.tenantDb(), runner, leases, config, clock)));
    }
}
