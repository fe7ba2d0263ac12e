package dev.sextant.live;

import dev.sextant.query.cache.ResultTable;
import dev.sextant.query.cache.ShownColumns;
import dev.sextant.query.model.ColumnInfo.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer as rows by key, in the query's order. The key is the values of the dimensions, which come first in a row;
 * without dimensions there is one row, whose key is empty. Pure.
 */
record LiveResult(Map<List<@Nullable Object>, List<@Nullable Object>> keyToRow) {

    static LiveResult of(ResultTable table) {
        int keyLength = (int) table.columns().stream()
                .filter(column -> column.role() == Role.DIMENSION)
                .count();
        Map<List<@Nullable Object>, List<@Nullable Object>> keyToRow =
                LinkedHashMap.newLinkedHashMap(table.rows().size());
        table.rows().forEach(row -> keyToRow.put(row.subList(0, keyLength), row));
        return new LiveResult(keyToRow);
    }

    /** What leads from here to {@code next}: rows that are new or differ, in its order, then keys that are gone. */
    List<Change> changesTo(LiveResult next, ShownColumns columns) {
        List<Change> changes = new ArrayList<>();
        next.keyToRow.forEach((key, row) -> {
            if (!row.equals(keyToRow.get(key))) {
                changes.add(new Change(key, RowTexts.array(columns, key), RowTexts.array(columns, row)));
            }
        });
        keyToRow.keySet().forEach(key -> {
            if (!next.keyToRow.containsKey(key)) {
                changes.add(new Change(key, RowTexts.array(columns, key), null));
            }
        });
        return changes;
    }
}
