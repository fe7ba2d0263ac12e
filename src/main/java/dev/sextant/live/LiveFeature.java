package dev.sextant.live;

import dev.sextant.bus.Bus;
import dev.sextant.datasets.DatasetCatalog;
import dev.sextant.feature.Feature;
import dev.sextant.feature.WorkerSpec;
import dev.sextant.http.Operation;
import dev.sextant.query.run.QueryService;
import io.vertx.core.ThreadingModel;
import java.time.InstantSource;
import java.util.List;

/** The door of the room that keeps answers up to date. */
public final class LiveFeature implements Feature {

    private final Bus bus;
    private final Questions questions;
    private final LiveRun run;
    private final LiveConfig config;

    public LiveFeature(Bus bus, DatasetCatalog catalog, QueryService service, LiveConfig config, InstantSource clock) {
        this.bus = bus;
        this.questions = new Questions(catalog);
        this.run = new LiveRun(catalog, service, clock, config.patience());
        this.config = config;
    }

    @Override
    public List<Operation> operations() {
        return List.of();
    }

    /** One: all who ask the same must meet. */
    @Override
    public List<WorkerSpec> workers() {
        return List.of(new WorkerSpec(
                "live", ThreadingModel.WORKER, 1, () -> new LiveQueryWorker(bus, questions, run, config)));
    }
}
