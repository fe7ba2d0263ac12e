package dev.sextant.store;

import dev.sextant.kernel.TenantId;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;

/**
 * All tables as they are at one moment, whatever is written meanwhile; {@link TableLoad} takes what they are copied to. Read as
 * the platform, which may see all rows but changes nothing here. Blocks; for one thread.
 */
public final class TableSnapshot implements AutoCloseable {

    private final Connection connection;
    private final String schemaVersion;

    private TableSnapshot(Connection connection, String schemaVersion) {
        this.connection = connection;
        this.schemaVersion = schemaVersion;
    }

    /** The moment is now. */
    static TableSnapshot open(PostgresConnections connections, String schemaVersion) throws IOException {
        try {
            Connection connection = connections.jdbc(PostgresRole.PLATFORM);
            TableSnapshot snapshot = new TableSnapshot(connection, schemaVersion);
            try {
                snapshot.begin();
                return snapshot;
            } catch (SQLException | IOException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new IOException("PostgreSQL cannot be read", e);
        }
    }

    private void begin() throws SQLException, IOException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
        }
        List<String> hidden = column(TableCatalog.HIDDEN_TABLES);
        if (!hidden.isEmpty()) {
            throw new IOException("The platform does not see all rows of " + hidden);
        }
    }

    /** The number of the migration that made these tables what they are. */
    public String schemaVersion() {
        return schemaVersion;
    }

    public List<String> tables() throws IOException {
        return told(TableCatalog.TABLES);
    }

    /** Whoever has data, or will have. */
    public List<TenantId> tenants() throws IOException {
        return told("SELECT id FROM tenant ORDER BY id").stream()
                .map(TenantId::new)
                .toList();
    }

    /** What the database takes on its disk; copies of its tables take less, as a rule. */
    public long bytes() throws IOException {
        return Long.parseLong(
                told("SELECT pg_database_size(current_database())").getFirst());
    }

    /** Writes the table's rows, in the form of COPY, the names of its columns first. */
    public void copy(String table, OutputStream out) throws IOException {
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("COPY %s TO STDOUT WITH (HEADER)".formatted(TableCatalog.quoted(connection, table)), out);
        } catch (SQLException e) {
            throw new IOException("The table " + table + " cannot be read", e);
        }
    }

    private List<String> told(String sql) throws IOException {
        try {
            return column(sql);
        } catch (SQLException e) {
            throw new IOException("PostgreSQL cannot be read", e);
        }
    }

    private List<String> column(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IOException("A connection to PostgreSQL did not close", e);
        }
    }
}
