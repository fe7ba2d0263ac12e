package dev.sextant.oracle;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What events are grouped by: fields, stretches of time, bins, expressions. */
final class RandomDimensions {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> GRAINS = List.of(
            "1s", "15s", "90s", "1m", "7m", "15m", "1h", "2h", "5h", "6h", "12h", "24h", "1d", "2d", "7d", "1w", "2w",
            "1mo", "2mo", "5mo", "1q", "1y", "3y", "36h", "5w", "100m", "11h", "7mo", "PT15M", "PT1H", "P1D", "P1W",
            "P1M", "P1Y");
    private static final List<String> DAYS =
            List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");
    private static final List<Kind> KINDS = List.of(Kind.STRING, Kind.LONG, Kind.DOUBLE, Kind.BOOLEAN, Kind.TIMESTAMP);

    private final Schema schema;
    private final Palette palette;
    private final Random random;
    private final RandomFormulas formulas;
    private final List<String> fields;

    RandomDimensions(Schema schema, Palette palette, Random random, List<String> fields) {
        this.schema = schema;
        this.palette = palette;
        this.random = random;
        this.formulas = new RandomFormulas(palette, random);
        this.fields = fields;
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    void addTo(ObjectNode query) {
        int count = random.nextInt(4);
        ArrayNode dimensions = count == 0 ? JSON.arrayNode() : query.putArray("dimensions");
        for (int i = 0; i < count; i++) {
            String alias = "d" + i;
            switch (random.nextInt(12)) {
                case 0, 1, 2, 3 -> dimensions.add(bucket(alias));
                case 4, 5 ->
                    dimensions.add(
                            JSON.objectNode().put("field", palette.pick(fields)).put("as", alias));
                case 6 -> dimensions.add(computed(alias));
                case 7 -> dimensions.add(binned(alias));
                case 8 -> dimensions.add(cast(alias));
                default -> addPlain(dimensions, alias);
            }
        }
    }

    void addFields(ObjectNode query) {
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

    private ObjectNode computed(String alias) {
        return JSON.objectNode()
                .put("expr", schema.define(formulas.next(palette.pick(KINDS))))
                .put("as", alias);
    }

    private ObjectNode cast(String alias) {
        return JSON.objectNode()
                .put("field", palette.pick(List.of("properties.p", "properties.q", "doc.a")))
                .put("type", palette.pick(List.of("long", "double", "boolean", "string")))
                .put("as", alias);
    }

    private ObjectNode binned(String alias) {
        String field = palette.pick(List.of("n", "x", "big", "wild", "properties.p"));
        ObjectNode binned = JSON.objectNode().put("field", field);
        ObjectNode bins = binned.put("as", alias).putObject("bins");
        boolean evenly = !field.equals("big") && !field.equals("wild") && chance(2);
        if (evenly) {
            bins.put("width", palette.pick(List.of(0.1, 0.5, 1.0, 2.0, 2.5, 10.0)));
            if (chance(3)) {
                bins.put("origin", palette.pick(List.of(-1.0, 0.5, 3.0)));
            }
        } else {
            ArrayNode edges = bins.putArray("edges");
            random.ints(random.nextInt(1, 5), -6, 10).sorted().distinct().forEach(edge -> edges.add(edge / 2.0));
        }
        return binned;
    }
}
