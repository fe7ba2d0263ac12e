package dev.sextant.engine.duckdb;

import dev.sextant.engine.FieldType;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the rows of one result. */
record RowReader(List<ColumnReader> columns) {

    /** @param types of the columns, in their order */
    static RowReader of(ResultSetMetaData result, List<FieldType> types) throws SQLException {
        if (result.getColumnCount() != types.size()) {
            throw new IllegalArgumentException("A statement yields another number of columns than it says");
        }
        List<ColumnReader> columns = new ArrayList<>(types.size());
        for (int column = 1; column <= types.size(); column++) {
            columns.add(ColumnReader.of(column, types.get(column - 1), result.getColumnTypeName(column)));
        }
        return new RowReader(columns);
    }

    /** The row that the result stands at. */
    List<@Nullable Object> read(ResultSet result) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>(columns.size());
        for (ColumnReader column : columns) {
            values.add(column.read(result));
        }
        return values;
    }

    /** How much text there is in a row, in characters: what makes one row larger than another. */
    static long textOf(List<@Nullable Object> row) {
        long characters = 0;
        for (Object value : row) {
            characters += value instanceof String text ? text.length() : 0;
        }
        return characters;
    }
}
