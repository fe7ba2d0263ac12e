package dev.sextant.engine;

import java.util.List;
import java.util.stream.Stream;

/**
 * What an engine keeps of a dataset: the system columns below, then {@code columns}.
 *
 * @param dataset {@code [a-z][a-z0-9_]{0,62}}
 * @param columns the declared fields, in the order they were declared; the time field is not among them: it is the
 *     system column {@link #TIME}, whatever the dataset calls it
 */
public record Table(String dataset, List<Column> columns) {

    /** When it happened ({@code TIMESTAMP}); never null. */
    public static final String TIME = "__time";

    public static final String EVENT_ID = "event_id";
    /** When Sextant took it ({@code TIMESTAMP}). */
    public static final String RECEIVED_AT = "received_at";

    public static final String SOURCE = "source";
    public static final String BATCH_ID = "batch_id";
    /** The dataset's version when it was taken ({@code LONG}). */
    public static final String SCHEMA_VERSION = "schema_version";
    /** Whatever the event brought that is not declared ({@code JSON}); null where there was nothing. */
    public static final String PROPERTIES = "properties";

    /** The system columns that a query may name, with their types. */
    public static final List<Column> SYSTEM = List.of(
            new Column(TIME, FieldType.TIMESTAMP),
            new Column(EVENT_ID, FieldType.STRING),
            new Column(RECEIVED_AT, FieldType.TIMESTAMP),
            new Column(SOURCE, FieldType.STRING),
            new Column(BATCH_ID, FieldType.STRING),
            new Column(SCHEMA_VERSION, FieldType.LONG),
            new Column(PROPERTIES, FieldType.JSON));

    /** The dataset's data version that the row came with ({@code LONG}; 0 where it is not known). No query may name it. */
    public static final String VERSION = "__version";

    /** All system columns. */
    public static final List<Column> STORED = Stream.concat(
                    SYSTEM.stream(), Stream.of(new Column(VERSION, FieldType.LONG)))
            .toList();

    /** Whether no field of a dataset may be called so. */
    public static boolean isReserved(String name) {
        return STORED.stream().anyMatch(column -> column.name().equalsIgnoreCase(name));
    }

    /** A field. Names differ by more than their case. */
    public record Column(String name, FieldType type) {}

    public Table {
        columns = List.copyOf(columns);
    }
}
