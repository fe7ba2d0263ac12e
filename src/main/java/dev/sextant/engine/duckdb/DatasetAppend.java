package dev.sextant.engine.duckdb;

import dev.sextant.engine.Chunk;
import dev.sextant.engine.DatasetState;
import dev.sextant.engine.EventBatch;
import dev.sextant.engine.EventBatch.Event;
import dev.sextant.engine.Table.Column;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** The rows that one transaction adds to one dataset: those of its batches that are no duplicates. */
final class DatasetAppend {

    /**
     * What is known of ids.
     *
     * @param idToMicros of the batches' ids, those that are stored, with the moment when they were received
     * @param window for how long an id is refused
     */
    record Known(Map<String, Long> idToMicros, Duration window) {

        boolean has(String id, long receivedMicros) {
            Long storedMicros = idToMicros.get(id);
            return storedMicros != null && storedMicros > receivedMicros - window.toNanos() / 1000;
        }
    }

    private record Taken(long hash, long receivedMicros) {}

    private final String dataset;
    private final List<Column> columns;
    private final Known known;
    private final Set<String> ids = new HashSet<>();
    private final List<Taken> taken = new ArrayList<>();
    private final DatasetState last;
    private final Instant now;
    private final Map<Chunk, Long> chunkToRows = new HashMap<>();
    private @Nullable Instant watermark;

    /**
     * @param columns all of the table, in its order
     * @param last the dataset's state before
     */
    DatasetAppend(String dataset, List<Column> columns, Known known, DatasetState last, Instant now) {
        this.dataset = dataset;
        this.columns = columns;
        this.known = known;
        this.last = last;
        this.now = now;
    }

    /** Appends the batches within the transaction that is open; how many events of each were new. */
    List<Long> write(DuckDBConnection connection, List<EventBatch> batches) throws SQLException {
        List<Long> accepted = new ArrayList<>(batches.size());
        try (DuckDBAppender appender = connection.createAppender(dataset)) {
            for (EventBatch batch : batches) {
                int before = taken.size();
                write(appender, batch);
                accepted.add((long) taken.size() - before);
            }
        }
        return accepted;
    }

    private void write(DuckDBAppender appender, EventBatch batch) throws SQLException {
        int[] positions = EventRow.positions(columns, batch.table());
        long receivedMicros = Micros.of(batch.receivedAt());
        for (Event event : batch.events()) {
            if (isNew(event, receivedMicros)) {
                EventRow.append(appender, batch, event, positions, last.dataVersion() + 1);
                taken.add(new Taken(IdFilter.hash(event.id()), receivedMicros));
                chunkToRows.merge(Chunk.of(event.time(), now), 1L, Long::sum);
                watermark = watermark == null || event.time().isAfter(watermark) ? event.time() : watermark;
            }
        }
    }

    /** A made id is new by its making, but a given one that equals it is none. */
    private boolean isNew(Event event, long receivedMicros) {
        boolean first = ids.add(event.id());
        if (!event.givenId()) {
            return true;
        }
        return first && !known.has(event.id(), receivedMicros);
    }

    boolean addsNothing() {
        return taken.isEmpty();
    }

    /** How many rows each chunk gets. */
    Map<Chunk, Long> chunkToRows() {
        return chunkToRows;
    }

    /** Of the dataset, once this is committed. */
    DatasetState next() {
        Instant latest = last.watermark();
        if (latest == null || (watermark != null && watermark.isAfter(latest))) {
            latest = watermark;
        }
        long version = last.dataVersion() + 1;
        return new DatasetState(
                version, last.rows() + taken.size(), latest, now, last.chunks().with(chunkToRows, version));
    }

    /** Once it is on disk. */
    void remember(IdWindow window) {
        taken.forEach(id -> window.add(id.hash, id.receivedMicros));
    }
}
