package dev.sextant.engine.duckdb;

import dev.sextant.engine.RollupTable;
import dev.sextant.kernel.Json;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What rollups a tenant's file has, in a table of its own: the file must know to keep them without being told. */
final class RollupCatalog {

    private static final String TABLE = "sextant.rollup";

    /** A parameter with its type, so that it is read back as it was. */
    private record Value(String type, @Nullable String text) {

        static Value of(@Nullable Object value) {
            return switch (value) {
                case null -> new Value("null", null);
                case String text -> new Value("string", text);
                case Long number -> new Value("long", number.toString());
                case Double number -> new Value("double", number.toString());
                case Boolean truth -> new Value("boolean", truth.toString());
                case Instant instant -> new Value("timestamp", instant.toString());
                default -> throw new IllegalArgumentException("A parameter has a form that no field type says");
            };
        }

        @Nullable
        Object value() {
            if (text == null) {
                return null;
            }
            return switch (type) {
                case "string" -> text;
                case "long" -> Long.valueOf(text);
                case "double" -> Double.valueOf(text);
                case "boolean" -> Boolean.valueOf(text);
                case "timestamp" -> Instant.parse(text);
                default -> throw new IllegalStateException("A stored rollup has a parameter of no type");
            };
        }
    }

    private record Definition(
            long grainSeconds, List<String> keys, List<RollupTable.Part> parts, String sql, List<Value> parameters) {

        RollupTable table(String dataset, String name) {
            List<@Nullable Object> values = new ArrayList<>();
            parameters.forEach(parameter -> values.add(parameter.value()));
            return new RollupTable(dataset, name, grainSeconds, keys, parts, sql, values);
        }
    }

    private RollupCatalog() {}

    static void create(Connection connection) throws SQLException {
        Sql.execute(
                connection,
                "CREATE TABLE IF NOT EXISTS " + TABLE + " (dataset VARCHAR, name VARCHAR, definition VARCHAR)");
    }

    static List<RollupTable> read(Connection connection) throws SQLException {
        List<RollupTable> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT dataset, name, definition FROM " + TABLE)) {
            while (rows.next()) {
                byte[] definition = rows.getString(3).getBytes(StandardCharsets.UTF_8);
                tables.add(Json.read(definition, Definition.class).table(rows.getString(1), rows.getString(2)));
            }
        }
        return tables;
    }

    static void add(Connection connection, RollupTable table) throws SQLException {
        Definition definition = new Definition(
                table.grainSeconds(),
                table.keys(),
                table.parts(),
                table.sql(),
                table.parameters().stream().map(Value::of).toList());
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + TABLE + " VALUES (?, ?, ?)")) {
            insert.setString(1, table.dataset());
            insert.setString(2, table.name());
            insert.setString(3, new String(Json.write(definition), StandardCharsets.UTF_8));
            insert.executeUpdate();
        }
    }

    static void remove(Connection connection, String dataset, String name) throws SQLException {
        Sql.execute(
                connection,
                "DELETE FROM %s WHERE dataset = %s AND name = %s"
                        .formatted(TABLE, Sql.literal(dataset), Sql.literal(name)));
    }
}
