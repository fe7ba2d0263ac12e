package dev.sextant.engine.duckdb;

import dev.sextant.engine.Table;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The ids of events that were deleted, for as long as they are refused: a sender who tries again must not bring back what
 * was deleted.
 */
final class DeletedIds {

    static final String TABLE = "sextant.deleted_id";

    private DeletedIds() {}

    static void create(Connection connection) throws SQLException {
        Sql.execute(
                connection,
                "CREATE TABLE IF NOT EXISTS " + TABLE + " (dataset VARCHAR, event_id VARCHAR, received_at TIMESTAMP)");
    }

    /** What keeps the ids of the events that {@code condition} means, where they are still refused. */
    static String keep(String dataset, String condition, long sinceMicros) {
        return "INSERT INTO %s SELECT %s, %s, %s FROM %s WHERE %s >= make_timestamp(%d) AND (%s)"
                .formatted(
                        TABLE,
                        Sql.literal(dataset),
                        Table.EVENT_ID,
                        Table.RECEIVED_AT,
                        Sql.quote(dataset),
                        Table.RECEIVED_AT,
                        sinceMicros,
                        condition);
    }

    /** Forgets the ids that are refused no more. */
    static void expire(Connection connection, long sinceMicros) throws SQLException {
        Sql.execute(connection, "DELETE FROM %s WHERE received_at < make_timestamp(%d)".formatted(TABLE, sinceMicros));
    }

    /** The stored rows and the deleted ones, as a table with an id and the moment when it was received. */
    static String andStored(String dataset) {
        return "(SELECT %1$s, %2$s FROM %3$s UNION ALL SELECT %1$s, %2$s FROM %4$s WHERE dataset = %5$s)"
                .formatted(Table.EVENT_ID, Table.RECEIVED_AT, Sql.quote(dataset), TABLE, Sql.literal(dataset));
    }
}
