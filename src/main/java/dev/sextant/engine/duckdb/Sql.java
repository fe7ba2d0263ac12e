package dev.sextant.engine.duckdb;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Small things about DuckDB's SQL. */
final class Sql {

    private Sql() {}

    /** A name as an identifier that means exactly this name. */
    static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A text as a literal. */
    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
