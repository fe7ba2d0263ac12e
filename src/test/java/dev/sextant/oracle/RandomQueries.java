package dev.sextant.oracle;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Valid queries of every shape. */
final class RandomQueries {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> LASTS = List.of("15m", "36h", "30d", "7w", "13mo", "9q", "20y", "P2Y", "PT90M");

    private final Schema schema;
    private final Palette palette;
    private final Random random;
    private final RandomFilters filters;
    private final List<String> fields;

    RandomQueries(Schema schema, Palette palette, Random random) {
        this.schema = schema;
        this.palette = palette;
        this.random = random;
        this.filters = new RandomFilters(random, palette, schema.names("segments"));
        this.fields = new ArrayList<>(schema.names("dimensions"));
        fields.addAll(List.of(
                "time",
                "event_id",
                "properties.p",
                "properties.q",
                "properties.r.a",
                "properties.r.a.b",
                "properties.r.l[1]",
                "doc.a"));
    }

    ObjectNode next() {
        ObjectNode query = chance(6) ? new CoarseQueries(schema, palette, random).next() : fine();
        addShown(query);
        if (chance(2)) {
            int most = query.has("fill") ? 30 : 12;
            query.put("limit", chance(3) ? most / 12 : random.nextInt(most / 12, most));
        }
        if (chance(3) && !query.has("fields")) {
            query.put("totals", random.nextBoolean());
        }
        return query;
    }

    private ObjectNode fine() {
        ObjectNode query = JSON.objectNode();
        RandomDimensions dimensions = new RandomDimensions(schema, palette, random, fields);
        if (chance(10)) {
            dimensions.addFields(query);
        } else {
            dimensions.addTo(query);
            new RandomMeasures(schema, palette, random, filters, fields).addTo(query);
        }
        if (chance(2)) {
            query.set("filter", filter());
        }
        if (chance(4)) {
            query.set(
                    "time_range",
                    chance(4)
                            ? JSON.objectNode().put("last", palette.pick(LASTS))
                            : range(palette.time(), palette.time()));
        }
        if (!query.has("fields")) {
            new RandomShapes(palette, random).addTo(query);
        }
        if (chance(12)) {
            query.put("as_of", "half");
        }
        return query;
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private ObjectNode filter() {
        ObjectNode filter = filters.next(fields, schema::kind, 3);
        if (!chance(4)) {
            return filter;
        }
        ObjectNode computed =
                JSON.objectNode().put("expr", schema.define(new RandomFormulas(palette, random).next(Kind.BOOLEAN)));
        ObjectNode both = JSON.objectNode();
        both.putArray(chance(2) ? "or" : "and").add(filter).add(computed);
        return chance(2) ? both : computed;
    }

    /** Between the two, whichever comes first. */
    static ObjectNode range(Instant one, Instant other) {
        Instant from = one.isBefore(other) ? one : other;
        Instant to = one.isBefore(other) ? other : one;
        return JSON.objectNode()
                .put("from", from.toString())
                .put("to", (from.equals(to) ? to.plusSeconds(1) : to).toString());
    }

    /** What is shown of the rows, and in which order. */
    private void addShown(ObjectNode query) {
        List<Expected.Column> columns = new Columns(schema).of(query);
        List<String> names =
                new ArrayList<>(columns.stream().map(Expected.Column::name).toList());
        if (chance(4) && !query.has("fields")) {
            RandomFilters having = new RandomFilters(random, palette, List.of());
            query.set("having", having.next(names, name -> kind(columns, name), 1));
        }
        if (chance(2)) {
            Collections.shuffle(names, random);
            ArrayNode order = query.putArray("order");
            names.subList(0, random.nextInt(1, names.size() + 1)).forEach(name -> order.add(sorted(name)));
        }
    }

    private ObjectNode sorted(String name) {
        ObjectNode by = JSON.objectNode().put("by", name);
        if (chance(2)) {
            by.put("dir", chance(2) ? "desc" : "asc");
        }
        if (chance(2)) {
            by.put("nulls", chance(2) ? "first" : "last");
        }
        return by;
    }

    private static Kind kind(List<Expected.Column> columns, String name) {
        return columns.stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow()
                .kind();
    }
}
