package dev.sextant.engine.duckdb;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;

/**
 * The statements of one connection that were run last, ready to be run again: to plan one takes the engine about as long as
 * to run it over little data. The engine plans them anew by itself where tables have changed. For one thread at a time.
 */
final class KeptStatements {

    /** The panels of a dashboard, each with its totals and its pieces. */
    private static final int MAX = 32;

    private final DuckDBConnection connection;
    private final SequencedMap<String, DuckDBPreparedStatement> sqlToStatement = new LinkedHashMap<>(MAX, 0.75f, true);

    KeptStatements(DuckDBConnection connection) {
        this.connection = connection;
    }

    DuckDBPreparedStatement get(String sql) throws SQLException {
        DuckDBPreparedStatement kept = sqlToStatement.get(sql);
        if (kept != null) {
            return kept;
        }
        DuckDBPreparedStatement prepared =
                (DuckDBPreparedStatement) connection.prepareStatement(SingleSelect.check(sql));
        sqlToStatement.put(sql, prepared);
        if (sqlToStatement.size() > MAX) {
            sqlToStatement.pollFirstEntry().getValue().close();
        }
        return prepared;
    }

    void clear() throws SQLException {
        while (!sqlToStatement.isEmpty()) {
            sqlToStatement.pollFirstEntry().getValue().close();
        }
    }
}
