package dev.sextant.health;

import dev.sextant.bus.Bus;
import dev.sextant.feature.Feature;
import dev.sextant.feature.WorkerSpec;
import dev.sextant.http.Operation;
import io.vertx.core.ThreadingModel;
import java.util.List;

/** The door of the health room, and the one place where its parts are put together. */
public final class HealthFeature implements Feature {

    private final Bus bus;
    private final List<HealthCheck> checks;
    private final Readiness readiness;

    public HealthFeature(Bus bus, List<HealthCheck> checks, Readiness readiness) {
        this.bus = bus;
        this.checks = List.copyOf(checks);
        this.readiness = readiness;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                new GetLivenessOperation(),
                new GetReadinessOperation("getReadiness", bus),
                new GetReadinessOperation("getStartup", bus));
    }

    @Override
    public List<WorkerSpec> workers() {
        return List.of(new WorkerSpec(
                "health", ThreadingModel.EVENT_LOOP, 1, () -> new HealthVerticle(bus, checks, readiness)));
    }
}
