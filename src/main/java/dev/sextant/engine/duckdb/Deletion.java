package dev.sextant.engine.duckdb;

import dev.sextant.engine.Chunk;
import dev.sextant.engine.Condition;
import dev.sextant.engine.DatasetState;
import dev.sextant.engine.Table;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.duckdb.DuckDBConnection;

/** One transaction that deletes events of one dataset, all that are meant or none. */
final class Deletion {

    private static final int TIMEOUT_SECONDS_MIN = 1;

    private final TenantFile file;
    private final Condition condition;
    private final Duration dedupeWindow;
    private final Instant now;

    Deletion(TenantFile file, Condition condition, Duration dedupeWindow, Instant now) {
        this.file = file;
        this.condition = condition;
        this.dedupeWindow = dedupeWindow;
        this.now = now;
    }

    /** Returns once the events are gone from the disk, with the state after; the same as before where there were none. */
    DatasetState run(Duration patience) throws SQLException {
        SingleSelect.check("SELECT 1 FROM t WHERE " + condition.sql());
        DuckDBConnection connection = file.writer();
        Sql.execute(connection, "BEGIN TRANSACTION");
        try {
            DatasetState next = delete(connection, Math.max(TIMEOUT_SECONDS_MIN, (int) patience.toSeconds()));
            file.states().commit(() -> Sql.execute(connection, "COMMIT"), Map.of(condition.dataset(), next));
            return next;
        } catch (SQLException | RuntimeException e) {
            file.rollBack();
            throw e;
        }
    }

    private DatasetState delete(DuckDBConnection connection, int timeoutSeconds) throws SQLException {
        String dataset = condition.dataset();
        DatasetState last = file.state(dataset);
        Map<Long, Long> hourToRows = hours(connection, timeoutSeconds);
        if (hourToRows.isEmpty()) {
            return last;
        }
        long since = Micros.of(now.minus(dedupeWindow));
        DeletedIds.expire(connection, since);
        update(connection, DeletedIds.keep(dataset, condition.sql(), since), timeoutSeconds);
        update(connection, "DELETE FROM %s WHERE %s".formatted(Sql.quote(dataset), condition.sql()), timeoutSeconds);
        long version = last.dataVersion() + 1;
        long rows = hourToRows.values().stream().mapToLong(Long::longValue).sum();
        Map<Chunk, Long> chunkToRows = last.chunks().losing(hourToRows);
        DatasetState next = new DatasetState(
                version,
                last.rows() - rows,
                last.watermark(),
                now,
                last.chunks().with(chunkToRows, version));
        file.rollups().renew(dataset, hourToRows.keySet());
        return file.log()
                .write(connection, dataset, chunkToRows, next)
                .with(file.rollups().rows(dataset));
    }

    /** How many of the events lie in which hour, by its number since 1970. */
    private Map<Long, Long> hours(DuckDBConnection connection, int timeoutSeconds) throws SQLException {
        String sql =
                "SELECT CAST(epoch(date_trunc('hour', %s)) AS BIGINT) // 3600, count(*) FROM %s WHERE %s GROUP BY 1"
                        .formatted(Table.TIME, Sql.quote(condition.dataset()), condition.sql());
        Map<Long, Long> hourToRows = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setQueryTimeout(timeoutSeconds);
            Binding.bind(statement, condition.parameters());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    hourToRows.put(rows.getLong(1), rows.getLong(2));
                }
            }
        }
        return hourToRows;
    }

    private void update(DuckDBConnection connection, String sql, int timeoutSeconds) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setQueryTimeout(timeoutSeconds);
            Binding.bind(statement, condition.parameters());
            statement.executeUpdate();
        }
    }
}
