package dev.sextant.ingest;

import dev.sextant.bus.Bus;
import dev.sextant.datasets.DatasetCatalog;
import dev.sextant.engine.OlapEngine;
import dev.sextant.feature.Feature;
import dev.sextant.feature.Role;
import dev.sextant.feature.WorkerSpec;
import dev.sextant.http.Operation;
import dev.sextant.query.compile.QueryCompiler;
import io.vertx.core.ThreadingModel;
import java.time.InstantSource;
import java.util.List;

/** The door of the ingest room, and the one place where its parts are put together. */
public final class IngestFeature implements Feature {

    private final Bus bus;
    private final DatasetCatalog catalog;
    private final OlapEngine engine;
    private final QueryCompiler compiler;
    private final IngestConfig config;
    private final InstantSource clock;

    /** What the rooms below give. */
    public record Ground(DatasetCatalog catalog, OlapEngine engine, QueryCompiler compiler) {}

    public IngestFeature(Bus bus, Ground ground, IngestConfig config, InstantSource clock) {
        this.bus = bus;
        this.catalog = ground.catalog();
        this.engine = ground.engine();
        this.compiler = ground.compiler();
        this.config = config;
        this.clock = clock;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                new IngestEventsOperation("ingestEvents", bus, config),
                new IngestEventsOperation("ingestDefaultEvents", bus, config),
                new DeleteEventsOperation(bus));
    }

    @Override
    public List<WorkerSpec> workers() {
        return List.of(
                new WorkerSpec(
                                "ingest",
                                ThreadingModel.WORKER,
                                config.workers(),
                                () -> new IngestWorker(bus, catalog, engine, config, clock))
                        .onlyTo(Role.SERVE),
                new WorkerSpec(
                                "deletion",
                                ThreadingModel.WORKER,
                                1,
                                () -> new DeletionWorker(bus, catalog, engine, compiler, clock))
                        .onlyTo(Role.SERVE));
    }
}
