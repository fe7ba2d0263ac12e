package dev.sextant.live;

import dev.sextant.bus.Bus;
import dev.sextant.datasets.DatasetCatalog;
import dev.sextant.feature.Feature;
import dev.sextant.feature.WorkerSpec;
import dev.sextant.http.Operation;
import dev.sextant.query.cache.DataVersions;
import dev.sextant.query.run.QueryService;
import io.vertx.core.ThreadingModel;
import java.time.InstantSource;
import java.util.List;

/** The door of the room that keeps answers up to date. */
public final class LiveFeature implements Feature {

    /**
     * What the room stands on.
     *
     * @param versions how far data is, as the engine tells this node
     */
    public record Ground(Bus bus, DatasetCatalog catalog, QueryService service, DataVersions versions, Owners owners) {}

    private final LiveQueryWorker.Parts parts;

    public LiveFeature(Ground ground, LiveConfig config, InstantSource clock) {
        this.parts = new LiveQueryWorker.Parts(
                ground.bus(),
                new Questions(ground.catalog()),
                new LiveRun(ground.catalog(), ground.service(), clock, config.patience()),
                config,
                ground.versions(),
                ground.owners());
    }

    @Override
    public List<Operation> operations() {
        return List.of();
    }

    /** One: all who ask the same must meet. */
    @Override
    public List<WorkerSpec> workers() {
        return List.of(new WorkerSpec("live", ThreadingModel.WORKER, 1, () -> new LiveQueryWorker(parts)));
    }
}
