package dev.sextant.analytics.saved;

import dev.sextant.authz.policy.KnownRules;
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
    private final KnownRules rules;
    private final SavedConfig config;
    private final InstantSource clock;

    /** What the room stands on. */
    public record Ground(TenantDb db, DatasetCatalog catalog, KnownRules rules) {}

    public SavedFeature(Bus bus, Ground ground, SavedConfig config, InstantSource clock) {
        this.bus = bus;
        this.db = ground.db();
        this.catalog = ground.catalog();
        this.rules = ground.rules();
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
                "saved-queries",
                ThreadingModel.WORKER,
                1,
                () -> new SavedQueryWorker(bus, db, catalog, rules, config)));
    }
}
