package dev.sextant.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Answers queries by loops over the events. */
public final class Oracle {

    private final Schema schema;
    private final List<Event> events;
    private final Aggregates aggregates;
    private final Conditions conditions;

    public Oracle(Schema schema, List<Event> events) {
        this.schema = schema;
        this.events = events;
        this.aggregates = new Aggregates(schema);
        this.conditions = new Conditions(schema);
    }

    /**
     * The answer.
     *
     * @param query valid, and its range absolute
     * @throws Undecidable where there is more than one
     */
    public Expected answer(JsonNode query) {
        List<JsonNode> dimensions = list(query.path("dimensions"));
        List<JsonNode> measures = list(query.path("measures"));
        List<Expected.Column> columns = new Columns(schema).of(dimensions, measures);
        List<Event> taken =
                events.stream().filter(event -> isTaken(event, query)).toList();
        List<List<@Nullable Object>> rows = new ArrayList<>();
        groups(dimensions, taken).forEach((key, group) -> rows.add(row(key, measures, group)));
        JsonNode having = query.path("having");
        if (!having.isMissingNode()) {
            rows.removeIf(row -> !conditions.met(having, new RowSubject(columns, row)));
        }
        rows.sort(order(list(query.path("order")), columns, dimensions.size()));
        boolean totals = query.path("totals").asBoolean(true);
        return new Expected(columns, rows, totals ? row(List.of(), measures, taken) : null);
    }

    static List<JsonNode> list(JsonNode array) {
        return array instanceof MissingNode
                ? List.of()
                : StreamSupport.stream(array.spliterator(), false).toList();
    }

    private boolean isTaken(Event event, JsonNode query) {
        JsonNode range = query.path("time_range");
        if (!range.isMissingNode()) {
            Instant time = (Instant) Objects.requireNonNull(event.value("time"));
            if (time.isBefore(Values.instant(range.get("from").textValue()))
                    || !time.isBefore(Values.instant(range.get("to").textValue()))) {
                return false;
            }
        }
        return !query.has("filter") || conditions.met(query.get("filter"), new EventSubject(schema, event));
    }

    private Map<List<@Nullable Object>, List<Event>> groups(List<JsonNode> dimensions, List<Event> taken) {
        Map<List<@Nullable Object>, List<Event>> groups = new LinkedHashMap<>();
        if (dimensions.isEmpty()) {
            groups.put(List.of(), taken);
            return groups;
        }
        for (Event event : taken) {
            List<@Nullable Object> key = new ArrayList<>();
            dimensions.forEach(dimension -> key.add(key(dimension, event)));
            groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(event);
        }
        return groups;
    }

    private static @Nullable Object key(JsonNode dimension, Event event) {
        if (!dimension.has("time")) {
            return event.value(Columns.field(dimension));
        }
        @Nullable Object instant = event.value(dimension.get("time").textValue());
        return instant == null ? null : new Buckets(dimension).start((Instant) instant);
    }

    private List<@Nullable Object> row(List<@Nullable Object> key, List<JsonNode> measures, List<Event> group) {
        List<@Nullable Object> row = new ArrayList<>(key);
        measures.forEach(measure -> row.add(aggregates.value(measure, group)));
        return row;
    }

    private static Comparator<List<@Nullable Object>> order(
            List<JsonNode> asked, List<Expected.Column> columns, int dimensions) {
        List<String> names = columns.stream().map(Expected.Column::name).toList();
        Comparator<List<@Nullable Object>> order = (_, _) -> 0;
        for (JsonNode each : asked) {
            int column = names.indexOf(each.get("by").textValue());
            order = order.thenComparing(
                    row -> row.get(column),
                    Values.order(
                            each.path("dir").asText().equals("desc"),
                            each.path("nulls").asText().equals("first")));
        }
        for (int column : IntStream.range(0, dimensions).toArray()) {
            order = order.thenComparing(row -> row.get(column), Values.order(false, false));
        }
        return order;
    }
}
