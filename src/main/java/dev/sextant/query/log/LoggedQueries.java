package dev.sextant.query.log;

import dev.sextant.kernel.TenantId;
import dev.sextant.store.TenantDb;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What all nodes have counted. Safe for all threads. */
public final class LoggedQueries {

    private static final int BATCH_MAX = 200;

    private final QueryLog log;
    private final TenantDb db;
    private final QueryLogConfig config;
    private final InstantSource clock;

    public LoggedQueries(QueryLog log, TenantDb db, QueryLogConfig config, InstantSource clock) {
        this.log = log;
        this.db = db;
        this.config = config;
        this.clock = clock;
    }

    /**
     * The shapes of a dataset's queries, those first for which most rows were read. What this node has counted is in it;
     * of the others what they have written.
     */
    public Future<List<LoggedShape>> since(TenantId tenant, String dataset, LocalDate first) {
        return write(tenant)
                .otherwiseEmpty() // what could not be written is counted on
                .compose(_ -> db.inTransaction(tenant, connection -> QueryLogStore.since(connection, dataset, first)));
    }

    /** Writes what this node has counted, one tenant after the other; one that fails is counted on. */
    Future<Void> writeAll() {
        Future<Void> written = Future.succeededFuture();
        for (TenantId tenant : log.tenants()) {
            written = written.eventually(() -> write(tenant));
        }
        return written;
    }

    private Future<Void> write(TenantId tenant) {
        Future<Void> written = Future.succeededFuture();
        for (Map<LogLine, Counts> batch : batches(log.drain(tenant))) {
            written = written.eventually(() -> write(tenant, batch));
        }
        return written;
    }

    private Future<Void> write(TenantId tenant, Map<LogLine, Counts> batch) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return db.inTransaction(
                        tenant,
                        connection -> QueryLogStore.add(connection, today, batch)
                                .compose(_ -> QueryLogStore.prune(connection, today, config)))
                .onFailure(_ -> batch.forEach(log::add));
    }

    private static List<Map<LogLine, Counts>> batches(Map<LogLine, Counts> all) {
        List<Map<LogLine, Counts>> batches = new ArrayList<>();
        all.forEach((line, counts) -> {
            if (batches.isEmpty() || batches.getLast().size() == BATCH_MAX) {
                batches.add(new HashMap<>());
            }
            batches.getLast().put(line, counts);
        });
        return batches;
    }
}
