package dev.sextant.query.compile;

import dev.sextant.query.model.ColumnInfo;
import dev.sextant.query.model.Query;
import java.util.ArrayList;
import java.util.List;

/**
 * One of the columns by which the rows of an answer are sorted. Together they tell any two rows apart.
 *
 * @param column its index among the answer's columns
 */
public record SortKey(int column, boolean descending, boolean nullsFirst) {

    /** As asked; and then the remaining dimensions, ascending, nulls last; events from the latest on. */
    public static List<SortKey> of(List<Query.Order> order, List<ColumnInfo> columns) {
        List<SortKey> keys = new ArrayList<>();
        List<Integer> left = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            switch (columns.get(i).role()) {
                case DIMENSION, TIE -> left.add(i);
                case MEASURE, FIELD -> {}
            }
        }
        List<String> names = columns.stream().map(ColumnInfo::name).toList();
        for (Query.Order by : order) {
            int column = names.indexOf(by.by());
            keys.add(new SortKey(column, by.descending(), by.nullsFirst()));
            left.remove(Integer.valueOf(column));
        }
        left.forEach(column -> keys.add(new SortKey(column, columns.get(column).role() == ColumnInfo.Role.TIE, false)));
        return keys;
    }
}
