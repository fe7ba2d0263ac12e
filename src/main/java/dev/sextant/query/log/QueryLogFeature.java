package dev.sextant.query.log;

import dev.sextant.feature.Feature;
import dev.sextant.feature.WorkerSpec;
import dev.sextant.http.Operation;
import io.vertx.core.ThreadingModel;
import java.util.List;

/** The door of the room that remembers how queries are made. */
public final class QueryLogFeature implements Feature {

    private final LoggedQueries queries;
    private final QueryLogConfig config;

    public QueryLogFeature(LoggedQueries queries, QueryLogConfig config) {
        this.queries = queries;
        this.config = config;
    }

    @Override
    public List<Operation> operations() {
        return List.of();
    }

    @Override
    public List<WorkerSpec> workers() {
        return List.of(new WorkerSpec(
                "query-log", ThreadingModel.WORKER, 1, () -> new QueryLogWorker(queries, config.flushEvery())));
    }
}
