package dev.sextant.ingest;

import dev.sextant.bus.Bus;
import dev.sextant.datasets.DatasetCatalog;
import dev.sextant.engine.OlapEngine;
import dev.sextant.feature.Feature;
import dev.sextant.feature.WorkerSpec;
import dev.sextant.http.Operation;
import io.vertx.core.ThreadingModel;
import java.time.InstantSource;
import java.util.List;

/** The door of the ingest room, and the one place where its parts are put together. */
public final class IngestFeature implements Feature {

    private final Bus bus;
    private final DatasetCatalog catalog;
    private final OlapEngine engine;
    private final IngestConfig config;
    private final InstantSource clock;

    public IngestFeature(Bus bus, DatasetCatalog catalog, OlapEngine engine, IngestConfig config, InstantSource clock) {
        this.bus = bus;
        this.catalog = catalog;
        this.engine = engine;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                new IngestEventsOperation("ingestEvents", bus, config),
                new IngestEventsOperation("ingestDefaultEvents", bus, config));
    }

    @Override
    public List<WorkerSpec> workers() {
        return List.of(new WorkerSpec(
                "ingest",
                ThreadingModel.WORKER,
                config.workers(),
                () -> new IngestWorker(bus, catalog, engine, config, clock)));
    }
}
