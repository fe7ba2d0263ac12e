package dev.sextant.analytics.olap;

import dev.sextant.bus.Bus;
import dev.sextant.datasets.DatasetCatalog;
import dev.sextant.feature.Feature;
import dev.sextant.feature.Role;
import dev.sextant.feature.WorkerSpec;
import dev.sextant.http.Operation;
import dev.sextant.operations.QueryReplies;
import dev.sextant.query.run.Admission;
import dev.sextant.query.run.QueryService;
import io.vertx.core.Deployable;
import io.vertx.core.ThreadingModel;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** The door of the room, and the one place where its parts are put together. */
public final class OlapFeature implements Feature {

    private static final int WORKERS = 2;

    private final Bus bus;
    private final DatasetCatalog catalog;
    private final QueryService service;
    private final Admission admission;
    private final InstantSource clock;

    public OlapFeature(
            Bus bus, DatasetCatalog catalog, QueryService service, Admission admission, InstantSource clock) {
        this.bus = bus;
        this.catalog = catalog;
        this.service = service;
        this.admission = admission;
        this.clock = clock;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                new QueryRealtimeOperation(bus, service, new QueryReplies(bus, clock), admission),
                new GetRealtimeMetricsOperation(bus),
                new GetDatasetValuesOperation(bus));
    }

    @Override
    public List<WorkerSpec> workers() {
        return List.of(
                worker("metrics", () -> new MetricsWorker(bus, catalog, service, clock)),
                worker("values", () -> new ValuesWorker(bus, catalog, service)));
    }

    private static WorkerSpec worker(String name, Supplier<? extends Deployable> make) {
        return new WorkerSpec(name, ThreadingModel.WORKER, WORKERS, make).onlyTo(Role.SERVE);
    }
}
