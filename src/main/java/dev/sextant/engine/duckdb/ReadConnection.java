package dev.sextant.engine.duckdb;

import dev.sextant.engine.DatasetState;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;

/** A connection that reads snapshots; for one thread at a time. */
final class ReadConnection {

    private final DuckDBConnection connection;
    private final PreparedStatement begin;
    private final PreparedStatement commit;
    private final PreparedStatement rollback;
    private final States states;
    private final KeptStatements statements;

    ReadConnection(DuckDBConnection connection, States states) throws SQLException {
        this.connection = connection;
        this.states = states;
        this.statements = new KeptStatements(connection);
        this.begin = connection.prepareStatement("BEGIN TRANSACTION READ ONLY");
        this.commit = connection.prepareStatement("COMMIT");
        this.rollback = connection.prepareStatement("ROLLBACK");
    }

    /** Opens a connection that tells how far its statements are. Only before the settings are locked. */
    static ReadConnection telling(DuckDBConnection connection, States states) throws SQLException {
        Sql.execute(connection, "SET enable_progress_bar = true");
        Sql.execute(connection, "SET enable_progress_bar_print = false");
        return new ReadConnection(connection, states);
    }

    DuckDBPreparedStatement prepare(String sql) throws SQLException {
        return (DuckDBPreparedStatement) connection.prepareStatement(sql);
    }

    /** One SELECT, ready to be run, which must not be closed: the engine need not plan it again. */
    DuckDBPreparedStatement kept(String sql) throws SQLException {
        return statements.get(sql);
    }

    /** Begins a snapshot, and tells the dataset's state in it. */
    DatasetState begin(String dataset) throws SQLException {
        long stamp = states.stamp();
        DatasetState known = states.of(dataset);
        begin.execute();
        if (states.unchangedSince(stamp)) {
            return known;
        }
        return seen(dataset, known, states.of(dataset));
    }

    /** Which of these states the snapshot has; where it is neither, all is read. */
    private DatasetState seen(String dataset, DatasetState before, DatasetState after) throws SQLException {
        long version = ChunkLog.version(connection, dataset);
        if (version == before.dataVersion()) {
            return before;
        }
        return version == after.dataVersion()
                ? after
                : ChunkLog.read(connection, dataset).with(after.rollupToRows());
    }

    void end() throws SQLException {
        commit.execute();
    }

    /** Leaves the snapshot after a failure or an interrupt. */
    void abandon() throws SQLException {
        statements.clear();
        rollback.execute();
    }

    void close() throws SQLException {
        statements.clear();
        connection.close();
    }
}
