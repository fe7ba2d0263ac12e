package dev.sextant.launch.children;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

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

    /** All that a database holds, row by row; bytes stand there as hexadecimal numbers. */
    public static String dump(DataFolder folder, int port, String database) {
        try (Connection connection = connect(folder, port, database);
                Statement statement = connection.createStatement()) {
            StringBuilder dump = new StringBuilder();
            for (String table : column(
                    statement,
                    "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r'"
                            + " AND relnamespace = 'public'::regnamespace")) {
                column(statement, "SELECT r::text FROM " + table + " AS r")
                        .forEach(row -> dump.append(row).append('\n'));
            }
            return dump.toString();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> column(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    public static Connection connect(DataFolder folder, int port, String database) throws SQLException {
        return new PostgresAccess(port, folder.secrets()).connect(database);
    }
}
