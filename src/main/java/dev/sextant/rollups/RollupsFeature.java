package dev.sextant.rollups;

import dev.sextant.bus.Bus;
import dev.sextant.datasets.DatasetCatalog;
import dev.sextant.engine.OlapEngine;
import dev.sextant.feature.Feature;
import dev.sextant.feature.WorkerSpec;
import dev.sextant.http.Operation;
import dev.sextant.query.compile.QueryCompiler;
import dev.sextant.store.TenantDb;
import io.vertx.core.ThreadingModel;
import java.util.List;

/** The door of the rollups room, and the one place where its parts are put together. */
public final class RollupsFeature implements Feature {

    private final Bus bus;
    private final TenantDb db;
    private final OlapEngine engine;
    private final DatasetCatalog catalog;
    private final QueryCompiler compiler;

    public RollupsFeature(Bus bus, TenantDb db, OlapEngine engine, DatasetCatalog catalog, QueryCompiler compiler) {
        this.bus = bus;
        this.db = db;
        this.engine = engine;
        this.catalog = catalog;
        this.compiler = compiler;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                new CreateRollupOperation(bus),
                new ListRollupsOperation(bus),
                new GetRollupOperation(bus),
                new DeleteRollupOperation(bus));
    }

    @Override
    public List<WorkerSpec> workers() {
        return List.of(new WorkerSpec(
                "rollups", ThreadingModel.WORKER, 1, () -> new RollupWorker(bus, db, engine, catalog, compiler)));
    }
}
