package dev.sextant.datasets;

import dev.sextant.bus.Bus;
import dev.sextant.engine.OlapEngine;
import dev.sextant.feature.Feature;
import dev.sextant.feature.WorkerSpec;
import dev.sextant.http.Operation;
import dev.sextant.store.TenantDb;
import io.vertx.core.ThreadingModel;
import java.util.List;

/** The door of the datasets room, and the one place where its parts are put together. */
public final class DatasetsFeature implements Feature {

    private final Bus bus;
    private final TenantDb db;
    private final OlapEngine engine;
    private final DatasetCatalog catalog;
    private final DatasetsConfig config;

    public DatasetsFeature(Bus bus, TenantDb db, OlapEngine engine, DatasetCatalog catalog, DatasetsConfig config) {
        this.bus = bus;
        this.db = db;
        this.engine = engine;
        this.catalog = catalog;
        this.config = config;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                new CreateDatasetOperation(bus),
                new ListDatasetsOperation(bus),
                new GetDatasetOperation(bus),
                new UpdateDatasetOperation(bus),
                new InferDatasetOperation(bus));
    }

    @Override
    public List<WorkerSpec> workers() {
        return List.of(new WorkerSpec(
                "datasets",
                ThreadingModel.WORKER,
                config.workers(),
                () -> new DatasetWorker(bus, db, engine, catalog, config)));
    }
}
