package dev.sextant.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** In which order rows come: always a full one. */
final class Order {

    private Order() {}

    /** What is asked for, then the keys. */
    static Comparator<List<@Nullable Object>> ofGroups(List<JsonNode> asked, List<Expected.Column> columns) {
        Comparator<List<@Nullable Object>> order = asked(asked, columns);
        for (int i = 0; i < columns.size() && columns.get(i).isKey(); i++) {
            order = order.thenComparing(by(i, false, false));
        }
        return order;
    }

    /** What is asked for, then the latest first. */
    static Comparator<List<@Nullable Object>> ofEvents(List<JsonNode> asked, List<Expected.Column> columns) {
        return asked(asked, columns)
                .thenComparing(by(columns.size(), true, false))
                .thenComparing(by(columns.size() + 1, true, false));
    }

    private static Comparator<List<@Nullable Object>> asked(List<JsonNode> asked, List<Expected.Column> columns) {
        List<String> names = columns.stream().map(Expected.Column::name).toList();
        List<Comparator<List<@Nullable Object>>> keys = new ArrayList<>();
        for (JsonNode each : asked) {
            keys.add(by(
                    names.indexOf(each.get("by").textValue()),
                    each.path("dir").asText().equals("desc"),
                    each.path("nulls").asText().equals("first")));
        }
        return keys.stream().reduce(Comparator::thenComparing).orElse((_, _) -> 0);
    }

    private static Comparator<List<@Nullable Object>> by(int column, boolean descending, boolean nullsFirst) {
        Comparator<@Nullable Object> order = Values.order(descending, nullsFirst);
        return (one, other) -> order.compare(one.get(column), other.get(column));
    }
}
