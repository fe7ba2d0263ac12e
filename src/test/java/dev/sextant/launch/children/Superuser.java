package dev.sextant.launch.children;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** What only tests do as superuser. */
public final class Superuser {

    private Superuser() {}

    /** Runs statements in a database of the PostgreSQL in that folder. */
    public static void execute(DataFolder folder, int port, String database, String sql) {
        try (Connection connection = connect(folder, port, database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Connection connect(DataFolder folder, int port, String database) throws SQLException {
        return new PostgresAccess(port, folder.secrets()).connect(database);
    }
}
