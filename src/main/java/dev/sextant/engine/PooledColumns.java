package dev.sextant.engine;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the columns of a datasource are called that datasets of many tenants may share: types never conflict, because a
 * field's type is a part of its column's name.
 *
 * <p>Instants are numbers of microseconds, truths 0 and 1. {@link Table#PROPERTIES} are nested data, all other JSON is its text: the
 * engine forgets columns of nested data where a part of a segment has no value of them.
 */
public final class PooledColumns {

    /** Stands in statements for the datasource, in double quotes. Nothing else in a statement reads like it. */
    public static final String EVENTS = "$events";

    /** Whose event it is. */
    public static final String TENANT = "tenant_id";

    public static final String DATASET = "dataset";

    /** {@link Table#TIME} down to the millisecond, by which segments are cut ({@code TIMESTAMP} of the engine's own). */
    public static final String MILLIS = "__time";

    /** {@link Table#TIME} itself. */
    public static final String MICROS = "__micros";

    /**
     * What {@link Table#PROPERTIES} holds of an event that has none, since a part of a segment in which nobody had any would take
     * the column for one of texts. No member of properties has an empty name.
     */
    public static final String NO_PROPERTIES = "{\"\":0}";

    private PooledColumns() {}

    /** Where a field, or a system column, is kept. */
    public static String of(Table.Column column) {
        if (column.name().equals(Table.TIME)) {
            return MICROS;
        }
        return Table.isReserved(column.name()) ? column.name() : prefix(column.type()) + column.name();
    }

    /** What the engine calls the type of a column that holds numbers: {@code LONG} or {@code DOUBLE}; empty of all others. */
    public static Optional<String> numberType(String column) {
        return switch (column.length() < 2 ? "" : column.substring(0, 2)) {
            case "l_", "b_", "t_" -> Optional.of("LONG");
            case "d_" -> Optional.of("DOUBLE");
            default -> Optional.empty();
        };
    }

    /** Where all columns of a table are kept, those of the system first; not the two that tell whose it is. */
    public static Stream<String> of(Table table) {
        return Stream.concat(Table.STORED.stream(), table.columns().stream()).map(PooledColumns::of);
    }

    private static String prefix(FieldType type) {
        return switch (type) {
            case STRING -> "s_";
            case LONG -> "l_";
            case DOUBLE -> "d_";
            case BOOLEAN -> "b_";
            case TIMESTAMP -> "t_";
            case JSON -> "j_";
            case DECIMAL -> throw new IllegalArgumentException("No field is declared so");
        };
    }
}
