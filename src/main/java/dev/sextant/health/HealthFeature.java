package dev.sextant.health;

import dev.sextant.feature.Feature;
import dev.sextant.feature.WorkerSpec;
import dev.sextant.http.Operation;
import java.util.List;

/** The door of the health room, and the one place where its parts are put together. */
public final class HealthFeature implements Feature {

    @Override
    public List<Operation> operations() {
        return List.of(new GetLivenessOperation());
    }

    @Override
    public List<WorkerSpec> workers() {
        return List.of();
    }
}
