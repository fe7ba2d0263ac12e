package dev.sextant.query.model;

import dev.sextant.engine.FieldType;
import dev.sextant.query.model.ColumnInfo.Role;
import java.util.List;

/** What a measure that is compared brings beside its own column. */
public final class Compared {

    private static final String PREVIOUS = "_previous";
    private static final String CHANGE = "_change_pct";

    private Compared() {}

    /** The measure in the other period; and by how many percent it has changed since, where it is a number. */
    static List<ColumnInfo> columns(ColumnInfo measure) {
        ColumnInfo previous = new ColumnInfo(
                measure.name() + PREVIOUS, measure.type(), Role.MEASURE, measure.unit(), measure.currency(), null);
        return isNumber(measure)
                ? List.of(
                        previous,
                        new ColumnInfo(measure.name() + CHANGE, FieldType.DOUBLE, Role.MEASURE, "percent", null, null))
                : List.of(previous);
    }

    /** Whether one can say by how much it changed. */
    public static boolean isNumber(ColumnInfo column) {
        return switch (column.type()) {
            case LONG, DOUBLE, DECIMAL -> true;
            case STRING, BOOLEAN, TIMESTAMP, JSON -> false;
        };
    }
}
