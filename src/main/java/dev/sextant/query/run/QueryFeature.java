package dev.sextant.query.run;

import dev.sextant.bus.Bus;
import dev.sextant.feature.Feature;
import dev.sextant.feature.WorkerSpec;
import dev.sextant.http.Operation;
import io.vertx.core.ThreadingModel;
import java.util.List;

/** The door of the room that answers queries. */
public final class QueryFeature implements Feature {

    private final Bus bus;
    private final QueryService service;
    private final QueriesOnTerms onTerms;
    private final QueryConfig config;

    public QueryFeature(Bus bus, QueryService service, QueriesOnTerms onTerms, QueryConfig config) {
        this.bus = bus;
        this.service = service;
        this.onTerms = onTerms;
        this.config = config;
    }

    @Override
    public List<Operation> operations() {
        return List.of();
    }

    @Override
    public List<WorkerSpec> workers() {
        return List.of(new WorkerSpec(
                "query", ThreadingModel.WORKER, config.workers(), () -> new QueryWorker(bus, service, onTerms)));
    }
}
