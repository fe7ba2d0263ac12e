package dev.sextant.engine.duckdb;

import dev.sextant.engine.Appended;
import dev.sextant.engine.DatasetState;
import dev.sextant.engine.EventBatch;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.duckdb.DuckDBConnection;

/** One transaction that stores batches of one tenant, all or none. */
final class GroupCommit {

    private record Part(IdWindow window, DatasetAppend append) {}

    private final TenantFile file;
    private final DuckDbConfig.Dedupe dedupe;
    private final Semaphore filters;
    private final Instant now;
    private final Map<String, Part> datasetToPart = new LinkedHashMap<>();
    private final IdentityHashMap<EventBatch, Long> batchToAccepted = new IdentityHashMap<>();
    private final Map<String, DatasetState> changes = new LinkedHashMap<>();

    GroupCommit(TenantFile file, DuckDbConfig.Dedupe dedupe, Semaphore filters, Instant now) {
        this.file = file;
        this.dedupe = dedupe;
        this.filters = filters;
        this.now = now;
    }

    /** Returns once all is on disk. Where it throws, nothing was stored. */
    void run(List<EventBatch> batches) throws SQLException {
        DuckDBConnection connection = file.writer();
        Map<String, List<EventBatch>> datasetToBatches = new LinkedHashMap<>();
        for (EventBatch batch : batches) {
            file.catalog().define(connection, batch.table());
            datasetToBatches
                    .computeIfAbsent(batch.table().dataset(), _ -> new ArrayList<>())
                    .add(batch);
        }
        Sql.execute(connection, "BEGIN TRANSACTION");
        try {
            for (Map.Entry<String, List<EventBatch>> entry : datasetToBatches.entrySet()) {
                write(connection, entry.getKey(), entry.getValue());
            }
            file.states().commit(() -> Sql.execute(connection, "COMMIT"), changes);
        } catch (SQLException | RuntimeException e) {
            file.rollBack();
            throw e;
        }
        datasetToPart.values().forEach(part -> part.append.remember(part.window));
    }

    private void write(DuckDBConnection connection, String dataset, List<EventBatch> batches) throws SQLException {
        IdWindow window = window(connection, dataset);
        DatasetAppend append = new DatasetAppend(
                dataset,
                file.catalog().columns(dataset),
                new DatasetAppend.Known(StoredIds.among(connection, dataset, window, batches), dedupe.window()),
                file.state(dataset),
                now);
        List<Long> accepted = append.write(connection, batches);
        for (int i = 0; i < batches.size(); i++) {
            batchToAccepted.put(batches.get(i), accepted.get(i));
        }
        datasetToPart.put(dataset, new Part(window, append));
        if (!append.addsNothing()) {
            DatasetState next = append.next();
            file.rollups().add(dataset, next.dataVersion());
            DatasetState written = file.log().write(connection, dataset, append.chunkToRows(), next);
            changes.put(dataset, written.with(file.rollups().rows(dataset)));
        }
    }

    private IdWindow window(DuckDBConnection connection, String dataset) throws SQLException {
        long cutoffMicros = Micros.of(now.minus(dedupe.window()));
        IdWindow window = file.window(dataset);
        if (window == null) {
            window = StoredIds.load(connection, dataset, cutoffMicros, filters);
            file.keepWindow(dataset, window);
        }
        window.expire(cutoffMicros);
        return window;
    }

    /** What is known of the datasets that changed. */
    Map<String, DatasetState> changes() {
        return changes;
    }

    Appended appended(EventBatch batch) {
        long accepted = batchToAccepted.getOrDefault(batch, 0L);
        return new Appended(
                accepted,
                batch.events().size() - accepted,
                file.state(batch.table().dataset()).dataVersion());
    }
}
