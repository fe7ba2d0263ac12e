package dev.sextant.engine.duckdb;

import dev.sextant.engine.EventBatch;
import dev.sextant.engine.EventBatch.Event;
import dev.sextant.engine.Table;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;

/** Finds which ids are stored already: by the window's filters, and where they say "perhaps", by the rows themselves. */
final class StoredIds {

    private StoredIds() {}

    /**
     * Reads the ids that were received since, once after the file was opened. Blocks: 0.2 s for a million.
     *
     * @param filters how many more filters there may be
     */
    static IdWindow load(DuckDBConnection connection, String dataset, long sinceMicros, Semaphore filters)
            throws SQLException {
        IdWindow window = new IdWindow(filters);
        String sql = "SELECT %s, epoch_us(%s) FROM %s WHERE %2$s >= make_timestamp(%4$d)"
                .formatted(Table.EVENT_ID, Table.RECEIVED_AT, Sql.quote(dataset), sinceMicros);
        try (DuckDBPreparedStatement statement = connection.prepare(sql);
                DuckDBChunkedResult result = statement.query()) {
            while (result.nextChunk()) {
                add(result.chunk(), window);
            }
            return window;
        } catch (SQLException e) {
            window.close();
            throw e;
        }
    }

    private static void add(DuckDBDataChunkReader chunk, IdWindow window) {
        for (long row = 0; row < chunk.rowCount(); row++) {
            window.add(
                    IdFilter.hash(chunk.vector(0).getString(row)),
                    chunk.vector(1).getLong(row));
        }
    }

    /** Of the given ids in the batches, those that are stored, with the moment when they were last received. */
    static Map<String, Long> among(
            DuckDBConnection connection, String dataset, IdWindow window, List<EventBatch> batches)
            throws SQLException {
        Map<IdWindow.Span, List<String>> spanToIds = new HashMap<>();
        for (EventBatch batch : batches) {
            for (Event event : batch.events()) {
                if (event.givenId()) {
                    window.spansThatMayHold(IdFilter.hash(event.id()))
                            .forEach(span -> spanToIds
                                    .computeIfAbsent(span, _ -> new ArrayList<>())
                                    .add(event.id()));
                }
            }
        }
        Map<String, Long> idToMicros = new HashMap<>();
        for (Map.Entry<IdWindow.Span, List<String>> entry : spanToIds.entrySet()) {
            ask(connection, dataset, entry.getKey(), entry.getValue(), idToMicros);
        }
        return idToMicros;
    }

    private static void ask(
            DuckDBConnection connection,
            String dataset,
            IdWindow.Span span,
            List<String> ids,
            Map<String, Long> idToMicros)
            throws SQLException {
        String sql = ("SELECT %1$s, epoch_us(max(%2$s)) FROM %3$s WHERE %2$s >= make_timestamp(%4$d)"
                        + " AND %2$s <= make_timestamp(%5$d) AND %1$s IN (SELECT unnest(?::VARCHAR[])) GROUP BY %1$s")
                .formatted(Table.EVENT_ID, Table.RECEIVED_AT, Sql.quote(dataset), span.fromMicros(), span.toMicros());
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("VARCHAR", ids.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    idToMicros.merge(rows.getString(1), rows.getLong(2), Math::max);
                }
            }
        }
    }
}
