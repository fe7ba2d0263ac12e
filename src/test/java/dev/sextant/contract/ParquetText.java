package dev.sextant.contract;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a file of Parquet holds, as text: a line of columns, then one for each row. */
final class ParquetText {

    private ParquetText() {}

    static List<String> of(Buffer bytes) throws IOException, SQLException {
        Path file = Files.createTempFile("result", ".parquet");
        Files.write(file, bytes.getBytes());
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            try (ResultSet rows = statement.executeQuery("SELECT * FROM read_parquet('" + file + "')")) {
                return lines(rows);
            }
        } finally {
            Files.delete(file);
        }
    }

    private static List<String> lines(ResultSet rows) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        List<String> lines = new ArrayList<>();
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            cells.add(columns.getColumnName(i) + " " + columns.getColumnTypeName(i));
        }
        lines.add(String.join(", ", cells));
        while (rows.next()) {
            List<Object> values = new ArrayList<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                values.add(String.valueOf(rows.getObject(i)));
            }
            lines.add(values.stream().map(String::valueOf).collect(Collectors.joining(" | ")));
        }
        return lines;
    }
}
