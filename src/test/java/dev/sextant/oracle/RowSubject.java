package dev.sextant.oracle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of an answer, as {@code having} sees it. */
record RowSubject(List<Expected.Column> columns, List<@Nullable Object> row) implements Conditions.Subject {

    @Override
    public Kind kind(String name) {
        return columns.get(index(name)).kind();
    }

    @Override
    public @Nullable Object value(String name) {
        return row.get(index(name));
    }

    private int index(String name) {
        return columns.stream().map(Expected.Column::name).toList().indexOf(name);
    }
}
