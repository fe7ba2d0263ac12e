package dev.sextant.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which events a query looks at, and in which groups they are. */
final class Members {

    private final Schema schema;
    private final JsonNode query;
    private final List<JsonNode> dimensions;
    private final @Nullable Comparison comparison;

    Members(Schema schema, JsonNode query) {
        this.schema = schema;
        this.query = query;
        this.dimensions = Oracle.list(query.path("dimensions"));
        this.comparison = Comparison.of(query);
    }

    List<Member> of(List<Event> events) {
        List<Member> members = new ArrayList<>();
        for (Event event : taken(events, Period.of(query.path("time_range")))) {
            members.add(new Member(event, key(event, true), true));
        }
        if (comparison != null) {
            for (Event event : taken(events, comparison.earlier())) {
                members.add(new Member(event, key(event, false), false));
            }
        }
        return query.has("others") ? gathered(members) : members;
    }

    List<Event> taken(List<Event> events, @Nullable Period range) {
        Conditions conditions = new Conditions(schema);
        return events.stream()
                .filter(event -> range == null || range.has((Instant) Objects.requireNonNull(event.value("time"))))
                .filter(event ->
                        !query.has("filter") || conditions.met(query.get("filter"), new EventSubject(schema, event)))
                .toList();
    }

    private List<@Nullable Object> key(Event event, boolean isCurrent) {
        List<@Nullable Object> key = new ArrayList<>();
        for (JsonNode dimension : dimensions) {
            key.add(dimension.has("time") ? bucket(dimension, event, isCurrent) : schema.input(dimension, event));
        }
        return key;
    }

    private @Nullable Object bucket(JsonNode dimension, Event event, boolean isCurrent) {
        String field = dimension.get("time").textValue();
        Instant instant = (Instant) event.value(field);
        if (instant == null) {
            return null;
        }
        boolean moves = comparison != null && !isCurrent && field.equals("time");
        return new Buckets(dimension)
                .start(moves ? Objects.requireNonNull(comparison).moved(instant, Buckets.zone(dimension)) : instant);
    }

    /** With the mark of all others as the last part of each key. */
    private List<Member> gathered(List<Member> members) {
        int place = othersPlace();
        Set<@Nullable Object> kept = kept(members, place);
        return members.stream()
                .map(member -> {
                    List<@Nullable Object> key = new ArrayList<>(member.key());
                    boolean isOther = !kept.contains(key.get(place));
                    key.set(place, isOther ? null : key.get(place));
                    key.add(isOther);
                    return new Member(member.event(), key, member.isCurrent());
                })
                .toList();
    }

    private int othersPlace() {
        List<String> names =
                dimensions.stream().map(dimension -> Columns.name(dimension)).toList();
        String asked = query.at("/others/dimension").textValue();
        for (int i = 0; i < names.size(); i++) {
            if (asked == null ? !dimensions.get(i).has("time") : names.get(i).equals(asked)) {
                return i;
            }
        }
        throw new IllegalArgumentException("No dimension for others");
    }

    private Set<@Nullable Object> kept(List<Member> members, int place) {
        Map<@Nullable Object, List<Event>> keyToEvents = new HashMap<>();
        for (Member member : members) {
            if (member.isCurrent()) {
                keyToEvents
                        .computeIfAbsent(member.key().get(place), _ -> new ArrayList<>())
                        .add(member.event());
            }
        }
        Measured measured = new Measured(schema, Oracle.list(query.path("measures")));
        int by = measured.place(query.at("/others/by").textValue());
        List<List<@Nullable Object>> sizes = new ArrayList<>();
        keyToEvents.forEach((key, events) -> {
            List<@Nullable Object> size = new ArrayList<>();
            size.add(key);
            size.add(measured.values(events).get(by));
            sizes.add(size);
        });
        sizes.sort(
                Comparator.<List<@Nullable Object>, @Nullable Object>comparing(List::getLast, Values.order(true, false))
                        .thenComparing(List::getFirst, Values.order(false, false)));
        Set<@Nullable Object> kept = new HashSet<>();
        int limit = query.at("/others/limit").asInt(10);
        sizes.stream().limit(limit).forEach(size -> kept.add(size.getFirst()));
        return kept;
    }
}
