package dev.sextant.query.split;

import dev.sextant.query.compile.SortKey;
import dev.sextant.query.model.ColumnInfo;
import dev.sextant.query.model.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes an answer of the rows of its pieces: these are added up or joined, filtered, sorted and cut. Pure. */
record Assembly(Query query, List<ColumnInfo> columns) {

    /** Of whole groups, whose measures are there already. */
    Whole joined(List<List<List<@Nullable Object>>> pieces) {
        return page(pieces.stream().flatMap(List::stream), null);
    }

    /** Of whole groups in parts. */
    Whole joined(List<List<List<@Nullable Object>>> pieces, Parts parts) {
        int keys = query.dimensions().size();
        List<@Nullable Object> sums = parts.none();
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (List<List<@Nullable Object>> piece : pieces) {
            for (List<@Nullable Object> row : piece) {
                List<@Nullable Object> told = parts.told(row.subList(keys, row.size()));
                parts.add(sums, told);
                rows.add(row(row.subList(0, keys), told, parts));
            }
        }
        return page(rows.stream(), parts.values(sums));
    }

    /** Of groups that lie in several pieces. */
    Whole merged(List<List<List<@Nullable Object>>> pieces, Parts parts) {
        List<@Nullable Object> sums = parts.none();
        List<List<@Nullable Object>> rows = new ArrayList<>();
        parts.addedUp(pieces, query.dimensions().size()).forEach((key, all) -> {
            parts.add(sums, all);
            rows.add(row(key, all, parts));
        });
        return page(rows.stream(), parts.values(sums));
    }

    private static List<@Nullable Object> row(List<@Nullable Object> key, List<@Nullable Object> all, Parts parts) {
        List<@Nullable Object> row = new ArrayList<>(key);
        row.addAll(parts.values(all));
        return row;
    }

    private Whole page(Stream<List<@Nullable Object>> all, @Nullable List<@Nullable Object> totals) {
        Stream<List<@Nullable Object>> shown = all;
        if (query.having() != null) {
            RowFilter filter = new RowFilter(
                    query.having(), columns.stream().map(ColumnInfo::name).toList());
            shown = all.filter(filter::lets);
        }
        List<List<@Nullable Object>> rows = new ArrayList<>(
                shown.sorted(new RowOrder(SortKey.of(query.order(), columns))).toList());
        boolean hasMore = rows.size() > query.limit();
        return new Whole(hasMore ? List.copyOf(rows.subList(0, query.limit())) : rows, hasMore, totals);
    }
}
