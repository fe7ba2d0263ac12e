package dev.sextant.engine.duckdb;

import dev.sextant.engine.RollupTable;
import dev.sextant.engine.Table;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;

/**
 * The rollups of a tenant's file. What a commit adds to the events is grouped and added to each rollup in the same
 * transaction, as rows of its own; now and then the rows of a group are put together. For the writer.
 */
final class Rollups {

    /** Rows that were added since the last time they were put together, before that is worth while. */
    private static final long ADDED_MAX = 20_000;

    private static final class Kept {
        final RollupTable table;
        long rows;
        long added;

        Kept(RollupTable table, long rows) {
            this.table = table;
            this.rows = rows;
        }
    }

    private final DuckDBConnection connection;
    private final Map<String, Map<String, Kept>> datasetToKept = new TreeMap<>();

    private Rollups(DuckDBConnection connection) {
        this.connection = connection;
    }

    /** Makes what lacks, and reads what is there. */
    static Rollups open(DuckDBConnection connection) throws SQLException {
        Sql.execute(connection, "CREATE SCHEMA IF NOT EXISTS " + RollupTable.SCHEMA);
        RollupCatalog.create(connection);
        Rollups rollups = new Rollups(connection);
        for (RollupTable table : RollupCatalog.read(connection)) {
            rollups.keep(new Kept(table, rollups.count(table)));
        }
        return rollups;
    }

    private void keep(Kept kept) {
        datasetToKept
                .computeIfAbsent(kept.table.dataset(), _ -> new TreeMap<>())
                .put(kept.table.name(), kept);
    }

    private List<Kept> of(String dataset) {
        return List.copyOf(datasetToKept.getOrDefault(dataset, Map.of()).values());
    }

    /** How many rows each of the dataset's rollups has, by its name. */
    Map<String, Long> rows(String dataset) {
        return of(dataset).stream().collect(Collectors.toUnmodifiableMap(kept -> kept.table.name(), kept -> kept.rows));
    }

    /** Builds it of all events there are, within the transaction that is open; in place of what there was of its name. */
    void define(RollupTable table) throws SQLException {
        drop(table.dataset(), table.name());
        try (PreparedStatement statement =
                connection.prepareStatement("CREATE TABLE " + name(table) + " AS " + select(table, "TRUE"))) {
            Binding.bind(statement, table.parameters());
            statement.execute();
        }
        RollupCatalog.add(connection, table);
        keep(new Kept(table, count(table)));
    }

    /** Forgets it, if it is there, within the transaction that is open. */
    void drop(String dataset, String name) throws SQLException {
        Kept kept = datasetToKept.getOrDefault(dataset, new TreeMap<>()).remove(name);
        if (kept != null) {
            Sql.execute(connection, "DROP TABLE " + name(kept.table));
            RollupCatalog.remove(connection, dataset, name);
        }
    }

    /** Takes in the events that the open transaction has added in this version. */
    void add(String dataset, long version) throws SQLException {
        for (Kept kept : of(dataset)) {
            long added = insert(kept.table, "\"%s\" = %d".formatted(Table.VERSION, version));
            kept.rows += added;
            kept.added += added;
            if (kept.added > Math.max(ADDED_MAX, kept.rows / 2)) {
                putTogether(kept);
            }
        }
    }

    /** Makes the buckets anew that lie in these hours, by their numbers since 1970. */
    void renew(String dataset, Iterable<Long> hours) throws SQLException {
        for (Kept kept : of(dataset)) {
            String stale = Hours.of(hours, kept.table.grainSeconds()).condition();
            try (Statement statement = connection.createStatement()) {
                kept.rows -= statement.executeUpdate("DELETE FROM " + name(kept.table) + " WHERE " + stale);
            }
            kept.rows += insert(kept.table, stale);
        }
    }

    private long insert(RollupTable table, String condition) throws SQLException {
        String sql = "INSERT INTO " + name(table) + " " + select(table, condition);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Binding.bind(statement, table.parameters());
            return statement.executeUpdate();
        }
    }

    /** What the rollup says of those events alone that meet the condition: they take the place of all events. */
    private static String select(RollupTable table, String condition) {
        String events = Sql.quote(table.dataset());
        return "WITH %1$s AS NOT MATERIALIZED (SELECT * FROM main.%1$s WHERE %2$s) SELECT * FROM (%3$s) AS made (%4$s)"
                .formatted(events, condition, table.sql(), columns(table).collect(Collectors.joining(", ")));
    }

    private static Stream<String> columns(RollupTable table) {
        return Stream.concat(table.keys().stream(), table.parts().stream().map(RollupTable.Part::column))
                .map(Sql::quote);
    }

    /** One row for each group: says the same as before. */
    private void putTogether(Kept kept) throws SQLException {
        String keys = kept.table.keys().stream().map(Sql::quote).collect(Collectors.joining(", "));
        List<String> outputs = new ArrayList<>(List.of(keys));
        for (RollupTable.Part part : kept.table.parts()) {
            String column = Sql.quote(part.column());
            outputs.add(
                    switch (part.merge()) {
                        case SUM -> "sum(" + column + ")";
                        case MIN -> "min(" + column + ")";
                        case MAX -> "max(" + column + ")";
                    });
        }
        String table = name(kept.table);
        Sql.execute(
                connection,
                "CREATE TEMP TABLE together AS SELECT %s FROM %s GROUP BY %s"
                        .formatted(String.join(", ", outputs), table, keys));
        Sql.execute(connection, "DELETE FROM " + table);
        Sql.execute(connection, "INSERT INTO " + table + " SELECT * FROM together");
        Sql.execute(connection, "DROP TABLE together");
        kept.rows = count(kept.table);
        kept.added = 0;
    }

    private long count(RollupTable table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + name(table))) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    private static String name(RollupTable table) {
        return RollupTable.SCHEMA + "." + Sql.quote(RollupTable.table(table.dataset(), table.name()));
    }

    /** After a transaction was undone: reads again what is there. */
    void reread() throws SQLException {
        datasetToKept.clear();
        for (RollupTable table : RollupCatalog.read(connection)) {
            keep(new Kept(table, count(table)));
        }
    }
}
