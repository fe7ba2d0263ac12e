package dev.sextant.engine.duckdb;

import dev.sextant.engine.EventBatch;
import dev.sextant.engine.EventBatch.Event;
import dev.sextant.engine.Table;
import dev.sextant.engine.Table.Column;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/** Writes an event as a row: the system columns in the order of {@link Table#SYSTEM}, then the table's. */
final class EventRow {

    private static final int ABSENT = -1;
    private static final int VERSION = -2;

    private EventRow() {}

    /**
     * For each column of the stored table after the system ones, where its value stands in an event of {@code table}: the
     * table that the events were checked against may be older, and have fewer.
     */
    static int[] positions(List<Column> stored, Table table) {
        return stored.stream()
                .skip(Table.SYSTEM.size())
                .mapToInt(column -> position(column.name(), table.columns()))
                .toArray();
    }

    private static int position(String name, List<Column> columns) {
        if (name.equals(Table.VERSION)) {
            return VERSION;
        }
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equalsIgnoreCase(name)) {
                return i;
            }
        }
        return ABSENT;
    }

    /** @param version that the row comes with */
    static void append(DuckDBAppender appender, EventBatch batch, Event event, int[] positions, long version)
            throws SQLException {
        appender.beginRow();
        appender.appendEpochMicros(Micros.of(event.time()));
        appender.append(event.id());
        appender.appendEpochMicros(Micros.of(batch.receivedAt()));
        appender.append(event.source());
        appender.append(batch.batchId());
        appender.append(batch.schemaVersion());
        append(appender, event.properties());
        for (int position : positions) {
            switch (position) {
                case VERSION -> appender.append(version);
                case ABSENT -> appender.appendNull();
                default -> append(appender, event.values()[position]);
            }
        }
        appender.endRow();
    }

    private static void append(DuckDBAppender appender, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> appender.appendNull();
            case String text -> appender.append(text);
            case Long number -> appender.append(number.longValue());
            case Double number -> appender.append(number.doubleValue());
            case Boolean truth -> appender.append(truth.booleanValue());
            case Instant instant -> appender.appendEpochMicros(Micros.of(instant));
            default -> throw new IllegalArgumentException("A value has a form that no field type says");
        }
    }
}
