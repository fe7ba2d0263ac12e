package dev.sextant.tenants;

import dev.sextant.bus.Bus;
import dev.sextant.engine.OlapEngine;
import dev.sextant.feature.Feature;
import dev.sextant.feature.WorkerSpec;
import dev.sextant.http.Operation;
import dev.sextant.store.PlatformDb;
import dev.sextant.store.Postgres;
import io.vertx.core.ThreadingModel;
import java.time.InstantSource;
import java.util.List;

/** The door of the tenants room, and the one place where its parts are put together. To be made before jobs start. */
public final class TenantsFeature implements Feature {

    private final Bus bus;
    private final PlatformDb db;
    private final TenantPurge purge;
    private final TenantsConfig config;
    private final InstantSource clock;

    public TenantsFeature(Bus bus, Postgres postgres, OlapEngine engine, TenantsConfig config, InstantSource clock) {
        this.bus = bus;
        this.db = postgres.platformDb();
        this.purge = new TenantPurge(db, postgres.jobs(), engine, clock);
        this.config = config;
        this.clock = clock;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                new CreateTenantOperation(bus),
                new ListTenantsOperation(bus),
                new GetTenantOperation(bus),
                new UpdateTenantOperation(bus),
                new DeleteTenantOperation(bus));
    }

    @Override
    public List<WorkerSpec> workers() {
        return List.of(new WorkerSpec(
                "tenants", ThreadingModel.EVENT_LOOP, 1, () -> new TenantsVerticle(bus, db, purge, config, clock)));
    }
}
