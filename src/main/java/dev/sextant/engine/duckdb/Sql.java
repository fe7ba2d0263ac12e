package dev.sextant.engine.duckdb;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Small things about DuckDB's SQL. */
final class Sql {

    /** Something done with a connection. */
    @FunctionalInterface
    interface Work {
        void run() throws SQLException;
    }

    private Sql() {}

    /** A name as an identifier that means exactly this name. */
    static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A text as a literal. */
    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** Does all of it or nothing. */
    static void inTransaction(Connection connection, Work work) throws SQLException {
        execute(connection, "BEGIN TRANSACTION");
        try {
            work.run();
            execute(connection, "COMMIT");
        } catch (SQLException e) {
            execute(connection, "ROLLBACK");
            throw e;
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
