package dev.sextant.query.compile;

import dev.sextant.query.model.ColumnInfo;
import dev.sextant.query.model.Grouping;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.Subtotals;
import dev.sextant.query.model.TimeRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Takes apart what {@link Statements} brought. */
final class SheetReader {

    private final Query query;
    private final List<ColumnInfo> columns;
    private final Shape shape;
    private final List<List<List<@Nullable Object>>> results;

    SheetReader(Query query, List<ColumnInfo> columns, Shape shape, List<List<List<@Nullable Object>>> results) {
        this.query = query;
        this.columns = columns;
        this.shape = shape;
        this.results = results;
    }

    Sheet read() {
        if (Statements.hasCount(shape)) {
            checkCombinations();
        }
        List<List<@Nullable Object>> all = results.getFirst();
        int first = firstRow(all);
        List<List<@Nullable Object>> rows = all.subList(first, all.size());
        boolean hasMore = rows.size() > query.limit();
        List<List<@Nullable Object>> page = hasMore ? rows.subList(0, query.limit()) : rows;
        boolean isWhole = page.isEmpty() || page.getFirst().size() == columns.size();
        return new Sheet(
                isWhole && first == 0 && !hasMore
                        ? all
                        : page.stream().map(this::shown).toList(),
                hasMore ? page.getLast() : null,
                shape.grouping() == null ? null : subtotals(shape.grouping(), all.subList(0, first)),
                totals(page, all.subList(0, first)));
    }

    private List<@Nullable Object> shown(List<@Nullable Object> row) {
        return row.size() == columns.size() ? row : row.subList(0, columns.size());
    }

    private void checkCombinations() {
        long found =
                ((Number) Objects.requireNonNull(results.getLast().getFirst().getFirst())).longValue();
        long allowed = Bounds.combinations(query, Objects.requireNonNull(range()));
        if (found > allowed) {
            throw Bounds.tooManyFilled();
        }
    }

    private TimeRange.@Nullable Between range() {
        return query.timeRange() instanceof TimeRange.Between between ? between : null;
    }

    /** The subtotals come before all rows. */
    private int firstRow(List<List<@Nullable Object>> all) {
        if (shape.grouping() == null) {
            return 0;
        }
        int first = 0;
        while (first < all.size() && level(all.get(first)) != 0) {
            first++;
        }
        if (first > Bounds.SUBTOTALS_MAX) {
            throw Bounds.tooManySubtotals();
        }
        return first;
    }

    private long level(List<@Nullable Object> row) {
        return ((Number) Objects.requireNonNull(row.get(columns.size()))).longValue();
    }

    private List<Subtotals> subtotals(Grouping grouping, List<List<@Nullable Object>> rows) {
        List<String> names = columns.stream().map(ColumnInfo::name).toList();
        List<Subtotals> subtotals = new ArrayList<>();
        for (List<String> level : grouping.levels()) {
            List<Integer> kept = new ArrayList<>();
            level.forEach(name -> kept.add(names.indexOf(name)));
            long rolledUp = rolledUp(kept);
            IntStream.range(shape.keys(), columns.size()).forEach(kept::add);
            subtotals.add(new Subtotals(
                    level.size(),
                    kept,
                    rows.stream()
                            .filter(row -> level(row) == rolledUp)
                            .map(row -> values(row, kept))
                            .toList()));
        }
        return subtotals;
    }

    /** A bit for each dimension, the first one's is the highest. */
    private long rolledUp(List<Integer> kept) {
        long bits = 0;
        for (int i = 0; i < shape.keys(); i++) {
            bits = 2 * bits + (kept.contains(i) ? 0 : 1);
        }
        return bits;
    }

    private static List<@Nullable Object> values(List<@Nullable Object> row, List<Integer> places) {
        List<@Nullable Object> values = new ArrayList<>(places.size());
        places.forEach(place -> values.add(row.get(place)));
        return values;
    }

    /** Without dimensions, the one row is its own total. */
    private @Nullable List<@Nullable Object> totals(
            List<List<@Nullable Object>> page, List<List<@Nullable Object>> subtotals) {
        if (!shape.totals() || shape.measures().isEmpty()) {
            return null;
        }
        if (Statements.hasTotals(shape)) {
            return results.get(1).getFirst();
        }
        if (shape.grouping() == null) {
            return page.isEmpty() ? null : shown(page.getFirst());
        }
        long all = rolledUp(List.of());
        return subtotals.stream()
                .filter(row -> level(row) == all)
                .findFirst()
                .map(row -> row.subList(shape.keys(), columns.size()))
                .orElse(null);
    }
}
