package dev.sextant.engine.duckdb;

import dev.sextant.engine.Chunk;
import dev.sextant.engine.Chunks;
import dev.sextant.engine.DatasetState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the states of a tenant's datasets in a table: each commit adds a row for each chunk that it changed, and now and
 * then what a dataset has is rewritten to a row a chunk. Adding costs less than changing a row in its place.
 */
final class ChunkLog {

    /** Beyond this many rows more than there are chunks, a dataset's rows are rewritten. */
    private static final long ROWS_TO_SPARE = 4_096;

    private static final String SCHEMA = "sextant";
    private static final String NAME = "chunk";
    static final String TABLE = SCHEMA + "." + NAME;

    private static final String READ =
            "SELECT dataset, span, number, max(data_version), CAST(sum(row_count) AS BIGINT),"
                    + " epoch_us(max(watermark)), epoch_us(max(committed_at)), count(*) FROM " + TABLE;

    private static final String GROUPED = " GROUP BY dataset, span, number";

    private final Map<String, Long> datasetToRows = new HashMap<>();

    /** Makes the table where it lacks. */
    static void create(Connection connection) throws SQLException {
        Sql.execute(
                connection,
                "CREATE TABLE IF NOT EXISTS " + TABLE + " (dataset VARCHAR, span VARCHAR, number BIGINT,"
                        + " data_version BIGINT, row_count BIGINT, watermark TIMESTAMP, committed_at TIMESTAMP)");
    }

    /** The states of all datasets that were ever written to, as the connection's snapshot has them. */
    Map<String, DatasetState> read(Connection connection) throws SQLException {
        Map<String, ChunkRows> datasetToRead = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(READ + GROUPED);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                datasetToRead
                        .computeIfAbsent(rows.getString(1), _ -> new ChunkRows())
                        .add(rows);
            }
        }
        Map<String, DatasetState> states = new HashMap<>();
        datasetToRead.forEach((dataset, read) -> {
            states.put(dataset, read.state());
            datasetToRows.put(dataset, read.logged);
        });
        return states;
    }

    /** One dataset's state, as the connection's snapshot has it. */
    static DatasetState read(Connection connection, String dataset) throws SQLException {
        ChunkRows read = new ChunkRows();
        try (PreparedStatement statement = connection.prepareStatement(READ + " WHERE dataset = ?" + GROUPED)) {
            statement.setString(1, dataset);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    read.add(rows);
                }
            }
        }
        return read.state();
    }

    /** One dataset's version, as the connection's snapshot has it. */
    static long version(Connection connection, String dataset) throws SQLException {
        String sql = "SELECT coalesce(max(data_version), 0) FROM " + TABLE + " WHERE dataset = " + Sql.literal(dataset);
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    /**
     * Writes what a commit comes to, within its transaction.
     *
     * @param chunkToRows how many rows each chunk got
     * @return {@code next}, or the same with fewer chunks
     */
    DatasetState write(DuckDBConnection connection, String dataset, Map<Chunk, Long> chunkToRows, DatasetState next)
            throws SQLException {
        long logged = datasetToRows.getOrDefault(dataset, 0L) + chunkToRows.size();
        boolean isTooLong = logged > next.chunks().count() + ROWS_TO_SPARE;
        if (isTooLong || next.chunks().isLong()) {
            return rewrite(connection, dataset, next);
        }
        try (DuckDBAppender appender = connection.createAppender(null, SCHEMA, NAME)) {
            for (Map.Entry<Chunk, Long> entry : chunkToRows.entrySet()) {
                append(
                        appender,
                        dataset,
                        entry.getKey(),
                        new Chunks.Content(next.dataVersion(), entry.getValue()),
                        next);
            }
        }
        datasetToRows.put(dataset, logged);
        return next;
    }

    private DatasetState rewrite(DuckDBConnection connection, String dataset, DatasetState next) throws SQLException {
        Instant now = next.committedAt();
        Chunks chunks = now == null ? next.chunks() : next.chunks().folded(now);
        DatasetState folded =
                new DatasetState(next.dataVersion(), next.rows(), next.watermark(), next.committedAt(), chunks);
        Sql.execute(connection, "DELETE FROM " + TABLE + " WHERE dataset = " + Sql.literal(dataset));
        Map<Chunk, Chunks.Content> contents = new HashMap<>();
        chunks.forEach(contents::put);
        try (DuckDBAppender appender = connection.createAppender(null, SCHEMA, NAME)) {
            for (Map.Entry<Chunk, Chunks.Content> entry : contents.entrySet()) {
                append(appender, dataset, entry.getKey(), entry.getValue(), folded);
            }
        }
        datasetToRows.put(dataset, (long) contents.size());
        return folded;
    }

    private static void append(
            DuckDBAppender appender, String dataset, Chunk chunk, Chunks.Content content, DatasetState state)
            throws SQLException {
        appender.beginRow();
        appender.append(dataset);
        appender.append(chunk.span().name());
        appender.append(chunk.number());
        appender.append(content.version());
        appender.append(content.rows());
        append(appender, state.watermark());
        append(appender, state.committedAt());
        appender.endRow();
    }

    private static void append(DuckDBAppender appender, @Nullable Instant instant) throws SQLException {
        if (instant == null) {
            appender.appendNull();
        } else {
            appender.appendEpochMicros(Micros.of(instant));
        }
    }

    /** What was read of one dataset. */
    private static final class ChunkRows {
        private final Map<Chunk, Chunks.Content> chunkToContent = new HashMap<>();
        private @Nullable Instant watermark;
        private @Nullable Instant committedAt;
        private long version;
        private long sum;
        private long logged;

        void add(ResultSet row) throws SQLException {
            Chunk chunk = new Chunk(Chunk.Span.valueOf(row.getString(2)), row.getLong(3));
            chunkToContent.put(chunk, new Chunks.Content(row.getLong(4), row.getLong(5)));
            version = Math.max(version, row.getLong(4));
            sum += row.getLong(5);
            watermark = later(watermark, instant(row, 6));
            committedAt = later(committedAt, instant(row, 7));
            logged += row.getLong(8);
        }

        DatasetState state() {
            return chunkToContent.isEmpty()
                    ? DatasetState.EMPTY
                    : new DatasetState(version, sum, watermark, committedAt, Chunks.of(chunkToContent));
        }

        private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
            return one == null || (other != null && other.isAfter(one)) ? other : one;
        }

        private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
            long micros = row.getLong(column);
            return row.wasNull() ? null : Micros.toInstant(micros);
        }
    }
}
