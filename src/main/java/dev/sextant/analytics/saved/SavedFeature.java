package dev.sextant.analytics.saved;

import dev.sextant.bus.Bus;
import dev.sextant.datasets.DatasetCatalog;
import dev.sextant.feature.Feature;
import dev.sextant.feature.WorkerSpec;
import dev.sextant.http.Operation;
import dev.sextant.operations.QueryReplies;
import dev.sextant.store.TenantDb;
import io.vertx.core.ThreadingModel;
import java.time.InstantSource;
import java.util.List;

/** The door of the room that keeps queries by name. */
public final class SavedFeature implements Feature {

    private final Bus bus;
    private final TenantDb db;
    private final DatasetCatalog catalog;
    private final SavedConfig config;
    private final InstantSource clock;

    public SavedFeature(Bus bus, TenantDb db, DatasetCatalog catalog, SavedConfig config, InstantSource clock) {
        this.bus = bus;
        this.db = db;
        this.catalog = catalog;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                new CreateSavedQueryOperation(bus),
                new ListSavedQueriesOperation(bus),
                new GetSavedQueryOperation(bus),
                new ReplaceSavedQueryOperation(bus),
                new DeleteSavedQueryOperation(bus),
                new RunSavedQueryOperation(bus, new QueryReplies(bus, clock)));
    }

    @Override
    public List<WorkerSpec> workers() {
        return List.of(new WorkerSpec(
                "saved-queries", ThreadingModel.WORKER, 1, () -> new SavedQueryWorker(bus, db, catalog, config)));
    }
}
