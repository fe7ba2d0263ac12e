package dev.sextant.query.compile;

import dev.sextant.engine.Dialect;
import dev.sextant.engine.FieldType;
import dev.sextant.engine.Plan;
import dev.sextant.engine.Table;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A DuckDB in memory, with tables as engines keep them. */
final class DuckDbTables implements Tables {

    private final Connection connection;

    DuckDbTables() throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
        execute("SET TimeZone = 'Asia/Tokyo'"); // No answer may depend on it.
    }

    @Override
    public Dialect dialect() {
        return Dialect.DUCKDB;
    }

    @Override
    public void load(Table table, List<Map<String, @Nullable Object>> rows) throws SQLException {
        create(table);
        insert(table.dataset(), rows);
    }

    void create(Table table) throws SQLException {
        execute(Stream.concat(Table.STORED.stream(), table.columns().stream())
                .map(column -> "\"%s\" %s".formatted(column.name(), type(column.type()))
                        + (column.name().equals(Table.VERSION) ? " DEFAULT 0" : ""))
                .collect(Collectors.joining(", ", "CREATE TABLE \"" + table.dataset() + "\" (", ")")));
    }

    private static String type(FieldType type) {
        return switch (type) {
            case STRING -> "VARCHAR";
            case LONG -> "BIGINT";
            case DOUBLE -> "DOUBLE";
            case BOOLEAN -> "BOOLEAN";
            case TIMESTAMP -> "TIMESTAMP";
            case JSON -> "JSON";
            case DECIMAL -> "HUGEINT";
        };
    }

    /** Rows that all name the same columns. */
    void insert(String dataset, List<Map<String, @Nullable Object>> rows) throws SQLException {
        List<String> names = List.copyOf(rows.getFirst().keySet());
        String columns = names.stream().collect(Collectors.joining("\", \"", "\"", "\""));
        String marks = names.stream().map(_ -> "?").collect(Collectors.joining(", "));
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO \"%s\" (%s) VALUES (%s)".formatted(dataset, columns, marks))) {
            for (Map<String, @Nullable Object> row : rows) {
                for (int i = 0; i < names.size(); i++) {
                    insert.setObject(i + 1, bound(row.get(names.get(i))));
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public synchronized List<List<@Nullable Object>> run(Plan.Statement statement) {
        try (PreparedStatement prepared = connection.prepareStatement(statement.sql())) {
            for (int i = 0; i < statement.parameters().size(); i++) {
                prepared.setObject(i + 1, bound(statement.parameters().get(i)));
            }
            try (ResultSet result = prepared.executeQuery()) {
                return rows(result, statement.types());
            }
        } catch (SQLException e) {
            throw new AssertionError(statement.sql(), e);
        }
    }

    private static @Nullable Object bound(@Nullable Object value) {
        return value instanceof Instant instant ? LocalDateTime.ofInstant(instant, ZoneOffset.UTC) : value;
    }

    private static List<List<@Nullable Object>> rows(ResultSet result, List<FieldType> types) throws SQLException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        while (result.next()) {
            List<@Nullable Object> row = new ArrayList<>();
            for (int i = 0; i < types.size(); i++) {
                row.add(value(result, i + 1, types.get(i)));
            }
            rows.add(row);
        }
        return rows;
    }

    private static @Nullable Object value(ResultSet result, int column, FieldType type) throws SQLException {
        Object value = type == FieldType.TIMESTAMP
                ? result.getObject(column, LocalDateTime.class)
                : type == FieldType.JSON ? result.getString(column) : result.getObject(column);
        return value instanceof LocalDateTime time ? time.toInstant(ZoneOffset.UTC) : value;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
