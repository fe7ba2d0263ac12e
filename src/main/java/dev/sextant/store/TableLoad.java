package dev.sextant.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.postgresql.PGConnection;

/**
 * Fills the tables of a database that nobody uses yet with what a {@link TableSnapshot} was copied to. As the owner, who lifts
 * row-level security and the triggers for the time of it, and in one transaction: all of it is there in the end, or nothing.
 */
public final class TableLoad {

    private final Connection connection;
    private final Map<String, Path> tableToFile;

    private TableLoad(Connection connection, Map<String, Path> tableToFile) {
        this.connection = connection;
        this.tableToFile = new TreeMap<>(tableToFile);
    }

    /**
     * Makes the tables as that version of the schema has them, and fills them. Blocks.
     *
     * @throws IOException where it fails; the message tells which table has to do with it
     */
    public static void load(PostgresConfig config, String schemaVersion, Map<String, Path> tableToFile)
            throws IOException {
        Schema.migrate(config, schemaVersion);
        try (Connection connection = PostgresConnections.jdbc(config, PostgresRole.OWNER)) {
            connection.setAutoCommit(false);
            new TableLoad(connection, tableToFile).run();
            connection.commit();
        } catch (SQLException e) {
            throw new IOException("The tables cannot be filled: " + e.getMessage(), e);
        }
    }

    private void run() throws SQLException, IOException {
        List<String> tables = column(TableCatalog.TABLES);
        if (!Set.copyOf(tables).equals(tableToFile.keySet())) {
            throw new IOException("The tables are not those of this version of the schema");
        }
        Set<String> forced = Set.copyOf(column(TableCatalog.FORCED_TABLES));
        for (String table : tables) {
            alter(table, "NO FORCE ROW LEVEL SECURITY");
            alter(table, "DISABLE TRIGGER USER");
        }
        execute("TRUNCATE " + String.join(", ", quoted(tables)));
        for (String table : afterThoseTheyReferTo(tables)) {
            fill(table);
        }
        execute(TableCatalog.CATCH_SEQUENCES_UP);
        for (String table : tables) {
            alter(table, "ENABLE TRIGGER USER");
            if (forced.contains(table)) {
                alter(table, "FORCE ROW LEVEL SECURITY");
            }
        }
    }

    private void fill(String table) throws SQLException, IOException {
        Path file = tableToFile.get(table);
        if (file == null) {
            throw new IOException("There is no file of the table " + table);
        }
        try (InputStream in = Files.newInputStream(file)) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "COPY %s FROM STDIN WITH (HEADER MATCH)".formatted(TableCatalog.quoted(connection, table)),
                            in);
        } catch (SQLException e) {
            throw new IOException("The table " + table + " cannot be filled: " + e.getMessage(), e);
        }
    }

    /** Each table after those that it refers to. */
    private List<String> afterThoseTheyReferTo(List<String> tables) throws SQLException {
        Map<String, Set<String>> tableToReferred = new LinkedHashMap<>();
        tables.forEach(table -> tableToReferred.put(table, new TreeSet<>()));
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TableCatalog.REFERENCES)) {
            while (rows.next()) {
                tableToReferred
                        .computeIfAbsent(rows.getString(1), _ -> new TreeSet<>())
                        .add(rows.getString(2));
            }
        }
        List<String> ordered = new ArrayList<>();
        while (!tableToReferred.isEmpty()) {
            List<String> free = tableToReferred.entrySet().stream()
                    .filter(entry -> ordered.containsAll(entry.getValue()))
                    .map(Map.Entry::getKey)
                    .toList();
            if (free.isEmpty()) {
                throw new IllegalStateException("Tables refer to each other in a circle: " + tableToReferred);
            }
            ordered.addAll(free);
            free.forEach(tableToReferred::remove);
        }
        return ordered;
    }

    private void alter(String table, String change) throws SQLException {
        execute("ALTER TABLE %s %s".formatted(TableCatalog.quoted(connection, table), change));
    }

    private List<String> quoted(List<String> tables) throws SQLException {
        List<String> quoted = new ArrayList<>();
        for (String table : tables) {
            quoted.add(TableCatalog.quoted(connection, table));
        }
        return quoted;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
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
}
