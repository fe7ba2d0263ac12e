package dev.sextant.engine.duckdb;

import dev.sextant.engine.FieldType;
import dev.sextant.engine.Table;
import dev.sextant.engine.Table.Column;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tables of one tenant's file: for each dataset one in {@code main}, and ours in a schema of their own, where no
 * query of a user is led. Changed by one thread at a time; read by any.
 */
final class Catalog {

    private final Map<String, List<Column>> datasetToColumns = new ConcurrentHashMap<>();

    /** Makes what is ours where it lacks, and reads what is there. */
    static Catalog open(Connection connection) throws SQLException {
        Sql.execute(connection, "CREATE SCHEMA IF NOT EXISTS sextant");
        ChunkLog.create(connection);
        DeletedIds.create(connection);
        StateMigration.run(connection);
        Catalog catalog = new Catalog();
        catalog.read(connection);
        for (String dataset : catalog.datasetToColumns.keySet()) {
            catalog.define(connection, new Table(dataset, List.of())); // a file may be older than a system column
        }
        return catalog;
    }

    private void read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT table_name, column_name, data_type"
                        + " FROM duckdb_columns() WHERE schema_name = 'main' AND NOT internal"
                        + " ORDER BY table_name, column_index")) {
            while (rows.next()) {
                datasetToColumns
                        .computeIfAbsent(rows.getString(1), _ -> new ArrayList<>())
                        .add(new Column(rows.getString(2), fieldType(rows.getString(3))));
            }
        }
        datasetToColumns.replaceAll((_, columns) -> List.copyOf(columns));
    }

    boolean has(String dataset) {
        return datasetToColumns.containsKey(dataset);
    }

    /** All columns of the dataset's table, in the order they stand there, system columns first. */
    List<Column> columns(String dataset) {
        return datasetToColumns.getOrDefault(dataset, List.of());
    }

    /**
     * Makes the table, or adds what it lacks, in a transaction of its own.
     *
     * @throws IllegalArgumentException where a column is there with another type, or is named as a system column
     */
    void define(Connection connection, Table table) throws SQLException {
        List<Column> present = columns(table.dataset());
        List<Column> wanted =
                Stream.concat(Table.STORED.stream(), table.columns().stream()).toList();
        List<Column> lacking = lacking(present, wanted);
        if (lacking.isEmpty()) {
            return;
        }
        Sql.inTransaction(connection, () -> {
            if (present.isEmpty()) {
                create(connection, table.dataset(), wanted);
            } else {
                add(connection, table.dataset(), lacking);
            }
        });
        datasetToColumns.put(
                table.dataset(),
                Stream.concat(present.stream(), lacking.stream()).toList());
    }

    private static List<Column> lacking(List<Column> present, List<Column> wanted) {
        Map<String, FieldType> nameToType = present.stream().collect(Collectors.toMap(Catalog::key, Column::type));
        List<Column> lacking = new ArrayList<>();
        for (Column column : wanted) {
            FieldType type = nameToType.get(key(column));
            if (type == null) {
                lacking.add(column);
                nameToType.put(key(column), column.type());
            } else if (stored(type) != stored(column.type())) {
                throw new IllegalArgumentException("A column cannot change its type");
            }
        }
        return lacking;
    }

    /** JSON is stored as the text that it is. */
    private static FieldType stored(FieldType type) {
        return type == FieldType.JSON ? FieldType.STRING : type;
    }

    private static String key(Column column) {
        return column.name().toLowerCase(Locale.ROOT);
    }

    private static void create(Connection connection, String dataset, List<Column> columns) throws SQLException {
        String definitions = columns.stream().map(Catalog::definition).collect(Collectors.joining(", "));
        Sql.execute(connection, "CREATE TABLE " + Sql.quote(dataset) + " (" + definitions + ")");
    }

    private static void add(Connection connection, String dataset, List<Column> columns) throws SQLException {
        for (Column column : columns) {
            Sql.execute(connection, "ALTER TABLE " + Sql.quote(dataset) + " ADD COLUMN " + definition(column));
        }
    }

    private static String definition(Column column) {
        return Sql.quote(column.name()) + " " + sqlType(column.type())
                + (column.name().equals(Table.VERSION) ? " DEFAULT 0" : "");
    }

    private static String sqlType(FieldType type) {
        return switch (type) {
            case STRING, JSON -> "VARCHAR";
            case LONG -> "BIGINT";
            case DOUBLE -> "DOUBLE";
            case BOOLEAN -> "BOOLEAN";
            case TIMESTAMP -> "TIMESTAMP";
            case DECIMAL -> throw new IllegalArgumentException("No column holds a DECIMAL");
        };
    }

    private static FieldType fieldType(String sqlType) {
        return switch (sqlType) {
            case "VARCHAR" -> FieldType.STRING;
            case "BIGINT" -> FieldType.LONG;
            case "DOUBLE" -> FieldType.DOUBLE;
            case "BOOLEAN" -> FieldType.BOOLEAN;
            case "TIMESTAMP" -> FieldType.TIMESTAMP;
            default -> throw new IllegalStateException("A column has a type that was never defined");
        };
    }
}
