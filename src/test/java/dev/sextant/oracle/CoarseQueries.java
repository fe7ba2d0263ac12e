package dev.sextant.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Queries that a rollup of the {@link Schema} may answer. */
final class CoarseQueries {

    private static final List<String> FIELDS = List.of("city", "ok", "n");
    private static final List<String> GRAINS = List.of("1h", "2h", "6h", "24h", "1d", "2d", "1w", "1mo", "1y", "P1D");
    private static final List<JsonNode> MEASURES = Oracle.list(Schema.parse("""
            [{"agg":"count"},{"agg":"sum","field":"n"},{"agg":"avg","field":"x"},{"agg":"sum","field":"x"},
             {"agg":"min","field":"n"},{"agg":"max","field":"big"},{"agg":"avg","field":"n"},{"measure":"growth"},
             {"measure":"ok_share"},{"agg":"count","filter":{"field":"ok","op":"eq","value":true},"as":"oks"},
             {"agg":"sum","field":"n","filter":{"segment":"known"},"as":"of_known"},
             {"agg":"ratio","of":[{"agg":"sum","field":"x"},{"agg":"count"}]}]"""));

    private final Schema schema;
    private final Palette palette;
    private final Random random;

    CoarseQueries(Schema schema, Palette palette, Random random) {
        this.schema = schema;
        this.palette = palette;
        this.random = random;
    }

    ObjectNode next() {
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        ArrayNode dimensions = query.putArray("dimensions");
        List<String> fields =
                FIELDS.stream().filter(schema.names("dimensions")::contains).toList();
        fields.stream().filter(_ -> random.nextInt(3) == 0).forEach(dimensions::add);
        if (random.nextBoolean()) {
            ObjectNode bucket = dimensions
                    .addObject()
                    .put("time", "time")
                    .put("grain", palette.pick(GRAINS))
                    .put("as", "bucket");
            if (random.nextInt(3) == 0) {
                bucket.put("tz", palette.pick(RandomTimes.ZONES));
            }
        }
        List<JsonNode> measures =
                new ArrayList<>(MEASURES.stream().filter(this::isKnown).toList());
        Collections.shuffle(measures, random);
        ArrayNode asked = query.putArray("measures");
        measures.subList(0, random.nextInt(1, Math.min(5, measures.size() + 1))).forEach(asked::add);
        if (!fields.isEmpty() && random.nextInt(3) == 0) {
            RandomFilters filters = new RandomFilters(random, palette, schema.names("segments"));
            query.set("filter", filters.next(fields, schema::kind, 2));
        }
        if (random.nextBoolean()) {
            query.set("time_range", RandomQueries.range(hour(), hour()));
        }
        return query;
    }

    /** A schema of which something is hidden lacks some of these. */
    private boolean isKnown(JsonNode measure) {
        return named(measure, "field", "dimensions")
                && named(measure, "measure", "measures")
                && named(measure, "segment", "segments");
    }

    private boolean named(JsonNode measure, String by, String list) {
        List<String> names = schema.names(list);
        return measure.findValues(by).stream().allMatch(name -> names.contains(name.textValue()));
    }

    private Instant hour() {
        return palette.time().truncatedTo(random.nextBoolean() ? ChronoUnit.HOURS : ChronoUnit.DAYS);
    }
}
