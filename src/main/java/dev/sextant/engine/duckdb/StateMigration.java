package dev.sextant.engine.duckdb;

import dev.sextant.engine.Table;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Brings files up to date that were made when a dataset had one state and no chunks. */
final class StateMigration {

    private static final String STATE = "sextant.state";

    private StateMigration() {}

    /** Makes chunks of what is there, in one transaction; once. Reads each event's time. */
    static void run(Connection connection) throws SQLException {
        String tables = "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'sextant' AND table_name = 'state'";
        if (texts(connection, tables).isEmpty()) {
            return;
        }
        List<String> datasets = texts(connection, "SELECT dataset FROM " + STATE);
        Sql.inTransaction(connection, () -> {
            for (String dataset : datasets) {
                Sql.execute(connection, fill(dataset));
            }
            Sql.execute(connection, "DROP TABLE " + STATE);
        });
    }

    private static List<String> texts(Connection connection, String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    /** Days for all times that are near, whatever hours a commit would make. */
    private static String fill(String dataset) {
        return ("INSERT INTO %1$s SELECT state.dataset, chunk.span, chunk.number, state.data_version, chunk.row_count,"
                        + " state.watermark, state.committed_at FROM %2$s AS state, (SELECT span, number, count(*) AS"
                        + " row_count FROM (SELECT CASE WHEN year(%3$s) BETWEEN 1970 AND 2100 THEN 'DAY' ELSE 'YEAR' END"
                        + " AS span, CASE WHEN year(%3$s) BETWEEN 1970 AND 2100 THEN CAST(epoch(date_trunc('day', %3$s))"
                        + " AS BIGINT) // 86400 ELSE year(%3$s) END AS number FROM %4$s) GROUP BY span, number) AS chunk"
                        + " WHERE state.dataset = %5$s")
                .formatted(ChunkLog.TABLE, STATE, Table.TIME, Sql.quote(dataset), Sql.literal(dataset));
    }
}
