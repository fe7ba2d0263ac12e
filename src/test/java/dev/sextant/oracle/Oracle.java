package dev.sextant.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Answers queries by loops over the events. */
public final class Oracle {

    private final Schema schema;
    private final List<Event> events;

    public Oracle(Schema schema, List<Event> events) {
        this.schema = schema;
        this.events = events;
    }

    /**
     * The answer.
     *
     * @param query valid, and its range absolute
     * @throws Undecidable where there is more than one
     */
    public Expected answer(JsonNode query) {
        List<Expected.Column> columns = new Columns(schema).of(query);
        List<Event> seen = query.has("as_of") ? Event.firstHalf(events) : events;
        return query.has("fields") ? events(query, columns, seen) : groups(query, columns, seen);
    }

    private Expected events(JsonNode query, List<Expected.Column> columns, List<Event> seen) {
        List<Event> taken = new Members(schema, query).taken(seen, Period.of(query.path("time_range")));
        List<List<@Nullable Object>> rows = new EventRows(schema, query).of(taken);
        rows.sort(Order.ofEvents(list(query.path("order")), columns));
        return new Expected(
                columns,
                rows.stream().map(row -> row.subList(0, columns.size())).toList(),
                null,
                null,
                null);
    }

    private Expected groups(JsonNode query, List<Expected.Column> columns, List<Event> seen) {
        List<Member> members = new Members(schema, query).of(seen);
        Groups groups = new Groups(schema, query, columns);
        List<List<@Nullable Object>> rows = groups.rows(members);
        if (query.has("having")) {
            Conditions conditions = new Conditions(schema);
            rows.removeIf(row -> !conditions.met(query.get("having"), new RowSubject(columns, row)));
        }
        rows.sort(Order.ofGroups(list(query.path("order")), columns));
        boolean totals = query.path("totals").asBoolean(true);
        Comparison comparison = Comparison.of(query);
        return new Expected(
                columns,
                rows,
                totals ? groups.totals(members) : null,
                query.has("grouping") ? groups.subtotals(members) : null,
                comparison == null ? null : comparison.earlier());
    }

    static List<JsonNode> list(JsonNode array) {
        return array instanceof MissingNode
                ? List.of()
                : new ArrayList<>(
                        StreamSupport.stream(array.spliterator(), false).toList());
    }
}
