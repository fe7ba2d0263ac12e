package dev.sextant.usage;

import dev.sextant.bus.Bus;
import dev.sextant.feature.Feature;
import dev.sextant.feature.WorkerSpec;
import dev.sextant.http.Operation;
import dev.sextant.store.TenantDb;
import io.vertx.core.ThreadingModel;
import java.time.InstantSource;
import java.util.List;

/** The door of the usage room. */
public final class UsageFeature implements Feature {

    private final Bus bus;
    private final TenantDb db;
    private final InstantSource clock;

    public UsageFeature(Bus bus, TenantDb db, InstantSource clock) {
        this.bus = bus;
        this.db = db;
        this.clock = clock;
    }

    @Override
    public List<Operation> operations() {
        return List.of(new GetTenantUsageOperation(bus));
    }

    @Override
    public List<WorkerSpec> workers() {
        return List.of(new WorkerSpec("usage", ThreadingModel.EVENT_LOOP, 1, () -> new UsageVerticle(bus, db, clock)));
    }
}
