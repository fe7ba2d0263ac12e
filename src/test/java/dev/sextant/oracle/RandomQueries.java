package dev.sextant.oracle;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Valid queries of every shape. */
final class RandomQueries {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> GRAINS = List.of(
            "1s", "15s", "90s", "1m", "7m", "15m", "1h", "2h", "5h", "6h", "12h", "24h", "1d", "2d", "7d", "1w", "2w",
            "1mo", "2mo", "5mo", "1q", "1y", "3y", "36h", "5w", "100m", "11h", "7mo", "PT15M", "PT1H", "P1D", "P1W",
            "P1M", "P1Y");
    private static final List<String> LASTS = List.of("15m", "36h", "30d", "7w", "13mo", "9q", "20y", "P2Y", "PT90M");
    private static final List<String> DAYS =
            List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");
    private static final List<Double> QUANTILES = List.of(0.0, 0.25, 0.5, 0.75, 1.0, 0.95, 0.999, 0.1);

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
        ObjectNode query = JSON.objectNode();
        if (chance(10)) {
            addFields(query);
        } else {
            addDimensions(query);
            addMeasures(query);
        }
        if (chance(2)) {
            query.set("filter", filters.next(fields, schema::kind, 3));
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
        addShown(query);
        if (chance(2)) {
            int most = query.has("fill") ? 30 : 12;
            query.put("limit", chance(3) ? most / 12 : random.nextInt(most / 12, most));
        }
        if (chance(12)) {
            query.put("as_of", "half");
        }
        if (chance(3) && !query.has("fields")) {
            query.put("totals", random.nextBoolean());
        }
        return query;
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private void addDimensions(ObjectNode query) {
        int count = random.nextInt(4);
        ArrayNode dimensions = count == 0 ? JSON.arrayNode() : query.putArray("dimensions");
        for (int i = 0; i < count; i++) {
            if (chance(3)) {
                dimensions.add(bucket("d" + i));
            } else if (chance(3)) {
                dimensions.add(
                        JSON.objectNode().put("field", palette.pick(fields)).put("as", "d" + i));
            } else {
                addPlain(dimensions, "d" + i);
            }
        }
    }

    private void addFields(ObjectNode query) {
        ArrayNode asked = query.putArray("fields");
        for (int i = random.nextInt(3); i >= 0; i--) {
            addPlain(asked, "f" + i);
        }
    }

    private void addPlain(ArrayNode dimensions, String alias) {
        String field = palette.pick(fields);
        boolean taken = Oracle.list(dimensions).stream()
                .anyMatch(other -> other.asText().equals(field));
        if (taken) {
            dimensions.add(JSON.objectNode().put("field", field).put("as", alias));
        } else {
            dimensions.add(field);
        }
    }

    private ObjectNode bucket(String alias) {
        String grain = palette.pick(GRAINS);
        ObjectNode bucket = JSON.objectNode()
                .put("time", chance(4) ? "at" : "time")
                .put("grain", grain)
                .put("as", alias);
        if (!chance(4)) {
            bucket.put("tz", palette.pick(RandomTimes.ZONES));
        }
        if (grain.toLowerCase(Locale.ROOT).endsWith("w") && chance(2)) {
            bucket.put("week_start", palette.pick(DAYS));
        }
        return bucket;
    }

    private void addMeasures(ObjectNode query) {
        int count = random.nextInt(query.has("dimensions") ? 0 : 1, 4);
        if (count == 0) {
            return;
        }
        ArrayNode measures = query.putArray("measures");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ObjectNode measure = measure();
            String name = Columns.nameByDefault(measure);
            if (names.contains(name) || name.contains(".") || chance(2)) {
                measure.put("as", "m" + i);
            } else {
                names.add(name);
            }
            measures.add(measure);
        }
    }

    private ObjectNode measure() {
        if (chance(6)) {
            return JSON.objectNode().put("measure", palette.pick(schema.names("measures")));
        }
        if (chance(8)) {
            ObjectNode ratio = JSON.objectNode().put("agg", "ratio");
            ratio.putArray("of").add(numeric()).add(numeric());
            return ratio;
        }
        return chance(3) ? ofAnything() : numeric();
    }

    private ObjectNode ofAnything() {
        List<String> possible =
                fields.stream().filter(field -> schema.kind(field) != Kind.JSON).toList();
        return filtered(JSON.objectNode()
                .put("agg", palette.pick(List.of("min", "max", "count_distinct")))
                .put("field", palette.pick(possible)));
    }

    private ObjectNode numeric() {
        String aggregate = palette.pick(List.of("count", "sum", "avg", "quantile", "min", "max"));
        ObjectNode measure = JSON.objectNode().put("agg", aggregate);
        if (!aggregate.equals("count")) {
            measure.put("field", palette.pick(List.of("n", "n", "big", "x", "x", "wild")));
        }
        if (aggregate.equals("quantile")) {
            measure.put("q", palette.pick(QUANTILES));
        }
        return filtered(measure);
    }

    private ObjectNode filtered(ObjectNode measure) {
        if (chance(4)) {
            measure.set("filter", filters.next(fields, schema::kind, 1));
        }
        return measure;
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
