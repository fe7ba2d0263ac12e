package dev.sextant.rollups.advice;

import dev.sextant.bus.Bus;
import dev.sextant.datasets.DatasetCatalog;
import dev.sextant.engine.OlapEngine;
import dev.sextant.feature.Feature;
import dev.sextant.feature.WorkerSpec;
import dev.sextant.http.Operation;
import dev.sextant.query.compile.QueryCompiler;
import dev.sextant.query.log.LoggedQueries;
import io.vertx.core.ThreadingModel;
import java.time.InstantSource;
import java.util.List;

/** The door of the room that advises rollups, and the one place where its parts are put together. */
public final class AdviceFeature implements Feature {

    /** What the room stands on. */
    public record Ground(DatasetCatalog catalog, OlapEngine engine, QueryCompiler compiler, LoggedQueries logged) {}

    private final Bus bus;
    private final Ground ground;
    private final InstantSource clock;

    public AdviceFeature(Bus bus, Ground ground, InstantSource clock) {
        this.bus = bus;
        this.ground = ground;
        this.clock = clock;
    }

    @Override
    public List<Operation> operations() {
        return List.of(new AdviseRollupsOperation(bus));
    }

    @Override
    public List<WorkerSpec> workers() {
        return List.of(
                new WorkerSpec("rollup-advice", ThreadingModel.WORKER, 1, () -> new AdviceWorker(bus, ground, clock)));
    }
}
