package dev.sextant.query.cache;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sextant.engine.FieldType;
import dev.sextant.query.model.ColumnInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The columns of an answer as they are told, and its rows as they are written. Pure.
 *
 * @param types a column is {@code DECIMAL}, and written as strings, where a number in it lies beyond what a double tells
 *     apart; else an exact sum is a {@code LONG} as any other
 */
public record ShownColumns(List<ColumnInfo> columns, List<FieldType> types) {

    public ShownColumns {
        columns = List.copyOf(columns);
        types = List.copyOf(types);
    }

    public static ShownColumns of(ResultTable table) {
        List<FieldType> types = new ArrayList<>(table.columns().size());
        for (ColumnInfo column : table.columns()) {
            types.add(column.type() == FieldType.DECIMAL ? FieldType.LONG : column.type());
        }
        table.rows().forEach(row -> widen(types, row, 0));
        if (table.totals() != null) {
            widen(types, table.totals(), types.size() - table.totals().size());
        }
        if (table.subtotals() != null) {
            int measures = firstMeasure(table.columns());
            table.subtotals()
                    .forEach(level ->
                            level.rows().forEach(row -> widen(types, row.subList(level.keys(), row.size()), measures)));
        }
        return new ShownColumns(table.columns(), types);
    }

    private static int firstMeasure(List<ColumnInfo> columns) {
        return (int) columns.stream()
                .filter(column -> column.role() != ColumnInfo.Role.MEASURE)
                .count();
    }

    private static void widen(List<FieldType> types, List<@Nullable Object> values, int firstColumn) {
        for (int i = 0; i < values.size(); i++) {
            if (JsonValues.isBeyondDouble(values.get(i))) {
                types.set(firstColumn + i, FieldType.DECIMAL);
            }
        }
    }

    /** Writes the member {@code columns}. */
    public void write(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("columns");
        for (int i = 0; i < columns.size(); i++) {
            ColumnInfo column = columns.get(i);
            json.writeStartObject();
            json.writeStringField("name", column.name());
            json.writeStringField("type", types.get(i).name().toLowerCase(Locale.ROOT));
            json.writeStringField("role", column.role().name().toLowerCase(Locale.ROOT));
            writeIfThere(json, "unit", column.unit());
            writeIfThere(json, "currency", column.currency());
            writeIfThere(json, "grain", column.grain());
            if (column.bins() != null) {
                json.writeFieldName("bins");
                json.writeTree(column.bins().toJson());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeIfThere(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }

    /** Writes the first values of a row, as many as there are, as an array. */
    public void writeRow(JsonGenerator json, List<@Nullable Object> row) throws IOException {
        json.writeStartArray();
        for (int i = 0; i < row.size(); i++) {
            JsonValues.write(json, row.get(i), types.get(i));
        }
        json.writeEndArray();
    }

    /** Writes a row of values of these columns. */
    void writeRow(JsonGenerator json, List<@Nullable Object> row, List<Integer> places) throws IOException {
        json.writeStartArray();
        for (int i = 0; i < row.size(); i++) {
            JsonValues.write(json, row.get(i), types.get(places.get(i)));
        }
        json.writeEndArray();
    }
}
