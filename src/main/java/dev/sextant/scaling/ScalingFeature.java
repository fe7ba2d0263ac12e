package dev.sextant.scaling;

import dev.sextant.bus.Bus;
import dev.sextant.engine.Capacity;
import dev.sextant.engine.OlapEngine;
import dev.sextant.feature.Feature;
import dev.sextant.feature.WorkerSpec;
import dev.sextant.http.Operation;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.Postgres;
import io.vertx.core.ThreadingModel;
import java.time.InstantSource;
import java.util.List;
import java.util.function.IntSupplier;

/** The door of the room that gives tenants their parts, and the one place where its things are put together. */
public final class ScalingFeature implements Feature {

    /**
     * What there is to give.
     *
     * @param socketsMax of one tenant on a node
     * @param nodes how many answer callers
     */
    public record Means(OlapEngine engine, int socketsMax, IntSupplier nodes) {}

    private final Bus bus;
    private final Postgres postgres;
    private final Parts parts;
    private final IntSupplier nodes;
    private final Capacities capacities;
    private final InstantSource clock;

    public ScalingFeature(Bus bus, Postgres postgres, Means means, ScalingConfig config, InstantSource clock) {
        Capacity ofEngine = means.engine().capacity();
        this.bus = bus;
        this.postgres = postgres;
        this.capacities = new Capacities(
                ofEngine.queriesAtOnce(),
                ofEngine.usualQueriesAtOnce(),
                config.ingestEpsMax(),
                config.ingestEpsUsual(),
                means.socketsMax());
        this.nodes = means.nodes();
        this.parts = new Parts(means.engine(), capacities);
        this.clock = clock;
    }

    /** How many sockets a tenant may have on this node; as many as it likes where it was given no part. */
    public int socketsMax(TenantId tenant) {
        return parts.socketsMax(tenant);
    }

    @Override
    public List<Operation> operations() {
        return List.of(new ScaleTenantOperation(bus), new RollBackOperationOperation(bus));
    }

    @Override
    public List<WorkerSpec> workers() {
        ScaleVerticle.Talks talks = new ScaleVerticle.Talks(bus, postgres.platformDb(), postgres.changeFeed(), nodes);
        return List.of(new WorkerSpec(
                "scaling", ThreadingModel.EVENT_LOOP, 1, () -> new ScaleVerticle(talks, parts, capacities, clock)));
    }
}
