package dev.sextant.analytics.olap;

import dev.sextant.bus.Bus;
import dev.sextant.datasets.DatasetCatalog;
import dev.sextant.feature.Feature;
import dev.sextant.feature.WorkerSpec;
import dev.sextant.http.Operation;
import dev.sextant.operations.QueryReplies;
import dev.sextant.query.run.QueryService;
import io.vertx.core.ThreadingModel;
import java.time.InstantSource;
import java.util.List;

/** The door of the room, and the one place where its parts are put together. */
public final class OlapFeature implements Feature {

    private static final int WORKERS = 2;

    private final Bus bus;
    private final DatasetCatalog catalog;
    private final QueryService service;
    private final InstantSource clock;

    public OlapFeature(Bus bus, DatasetCatalog catalog, QueryService service, InstantSource clock) {
        this.bus = bus;
        this.catalog = catalog;
        this.service = service;
        this.clock = clock;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                new QueryRealtimeOperation(bus, service, new QueryReplies(bus, clock)),
                new GetRealtimeMetricsOperation(bus));
    }

    @Override
    public List<WorkerSpec> workers() {
        return List.of(new WorkerSpec(
                "metrics", ThreadingModel.WORKER, WORKERS, () -> new MetricsWorker(bus, catalog, service, clock)));
    }
}
