package dev.sextant.query.log;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what was counted, now and then, and once more when the node stops. */
final class QueryLogWorker extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(QueryLogWorker.class);

    private final LoggedQueries queries;
    private final Duration every;

    QueryLogWorker(LoggedQueries queries, Duration every) {
        this.queries = queries;
        this.every = every;
    }

    @Override
    public Future<?> start() {
        writeLater();
        return Future.succeededFuture();
    }

    /** The next time counts from when this one is done. */
    private void writeLater() {
        vertx.setTimer(
                every.toMillis(),
                _ -> queries.writeAll()
                        .onFailure(_ -> LOG.warn("The query log could not be written; it is counted on"))
                        .onComplete(_ -> writeLater()));
    }

    @Override
    public Future<?> stop() {
        return queries.writeAll().otherwiseEmpty();
    }
}
