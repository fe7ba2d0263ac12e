package dev.sextant.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Rows of groups: of all keys, of some of them, of none; and of those that are empty. */
final class Groups {

    private final JsonNode query;
    private final List<Expected.Column> columns;
    private final Measured measured;
    private final boolean compares;
    private final int keys;

    Groups(Schema schema, JsonNode query, List<Expected.Column> columns) {
        this.query = query;
        this.columns = columns;
        this.measured = new Measured(schema, Oracle.list(query.path("measures")));
        this.compares = query.has("compare");
        this.keys = (int) columns.stream().filter(Expected.Column::isKey).count();
    }

    List<List<@Nullable Object>> rows(List<Member> members) {
        Map<List<@Nullable Object>, List<Member>> groups =
                by(IntStream.range(0, keys).boxed().toList(), members);
        if (keys == 0) {
            groups.put(List.of(), members);
        }
        List<List<@Nullable Object>> rows = rows(groups);
        if (query.has("fill")) {
            addGaps(rows, groups.keySet());
        }
        return rows;
    }

    List<@Nullable Object> totals(List<Member> members) {
        return measured.columns(members, compares);
    }

    private List<List<@Nullable Object>> rows(Map<List<@Nullable Object>, List<Member>> groups) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        groups.forEach((key, group) -> {
            List<@Nullable Object> row = new ArrayList<>(key);
            row.addAll(measured.columns(group, compares));
            rows.add(row);
        });
        return rows;
    }

    private static Map<List<@Nullable Object>, List<Member>> by(List<Integer> places, List<Member> members) {
        Map<List<@Nullable Object>, List<Member>> groups = new LinkedHashMap<>();
        for (Member member : members) {
            List<@Nullable Object> key = new ArrayList<>();
            places.forEach(place -> key.add(member.key().get(place)));
            groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(member);
        }
        return groups;
    }

    private void addGaps(List<List<@Nullable Object>> rows, Collection<List<@Nullable Object>> there) {
        @Nullable
        Double fill = query.at("/fill/value").isNumber()
                ? Double.valueOf(query.at("/fill/value").doubleValue())
                : null;
        for (List<@Nullable Object> key : new Gaps(query).between(there)) {
            List<@Nullable Object> row = new ArrayList<>(key);
            row.addAll(measured.columnsOfGap(fill, compares));
            rows.add(row);
        }
    }

    List<Expected.Level> subtotals(List<Member> members) {
        List<Expected.Level> levels = new ArrayList<>();
        for (List<Integer> places : new Levels(query, names()).all()) {
            List<Integer> shown = new ArrayList<>(places);
            IntStream.range(keys, columns.size()).forEach(shown::add);
            List<Expected.Column> columnsOfLevel =
                    shown.stream().map(columns::get).toList();
            List<String> names =
                    columnsOfLevel.stream().map(Expected.Column::name).toList();
            List<JsonNode> order = Oracle.list(query.path("order")).stream()
                    .filter(each -> names.contains(each.get("by").textValue()))
                    .toList();
            List<List<@Nullable Object>> rows = rows(by(places, members));
            rows.sort(Order.ofGroups(order, columnsOfLevel));
            levels.add(new Expected.Level(names.subList(0, places.size()), shown, rows));
        }
        return levels;
    }

    private List<String> names() {
        return columns.subList(0, keys).stream().map(Expected.Column::name).toList();
    }
}
