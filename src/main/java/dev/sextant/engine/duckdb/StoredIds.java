package dev.sextant.engine.duckdb;

import dev.sextant.engine.EventBatch;
import dev.sextant.engine.EventBatch.Event;
import dev.sextant.engine.Table;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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
     * Reads the ids that were received since, once after the file was opened. Blocks: a second or more for a million.
     *
     * @param filters how many more filters there may be
     */
    static IdWindow load(DuckDBConnection connection, String dataset, long sinceMicros, Semaphore filters)
            throws SQLException {
        IdWindow window = new IdWindow(filters);
        String from = " FROM %s WHERE %s >= make_timestamp(%d)"
                .formatted(DeletedIds.andStored(dataset), Table.RECEIVED_AT, sinceMicros);
        String sql = "SELECT %s, epoch_us(%s)".formatted(Table.EVENT_ID, Table.RECEIVED_AT) + from;
        try (DuckDBPreparedStatement statement = connection.prepare(sql);
                DuckDBChunkedResult result = statement.query()) {
            long read = 0;
            while (result.nextChunk()) {
                read += add(result.chunk(), window);
            }
            checkAllWereRead(connection, from, read);
            return window;
        } catch (SQLException | RuntimeException e) {
            window.close();
            throw e;
        }
    }

    /** The driver's chunks are twice as fast as its result set, but end without a word where reading fails. */
    private static void checkAllWereRead(DuckDBConnection connection, String from, long read) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT count(*)" + from)) {
            if (!count.next() || count.getLong(1) != read) {
                throw new SQLException("IO Error: not all stored ids could be read");
            }
        }
    }

    private static long add(DuckDBDataChunkReader chunk, IdWindow window) {
        for (long row = 0; row < chunk.rowCount(); row++) {
            window.add(
                    IdFilter.hash(chunk.vector(0).getString(row)),
                    chunk.vector(1).getLong(row));
        }
        return chunk.rowCount();
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
                .formatted(
                        Table.EVENT_ID,
                        Table.RECEIVED_AT,
                        DeletedIds.andStored(dataset),
                        span.fromMicros(),
                        span.toMicros());
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
