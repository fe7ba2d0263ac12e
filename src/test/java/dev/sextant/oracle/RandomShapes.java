package dev.sextant.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Adds to a query what gives its answer another shape: subtotals, another period, filled gaps, others. */
final class RandomShapes {

    private static final List<String> OFFSETS = List.of(
            "45s", "90m", "1h", "36h", "1d", "2d", "30d", "1w", "5w", "1mo", "2mo", "1q", "1y", "3y", "P1M", "P1D",
            "PT1H");
    private static final int BUCKETS_MAX = 12;

    private final Palette palette;
    private final Random random;

    RandomShapes(Palette palette, Random random) {
        this.palette = palette;
        this.random = random;
    }

    void addTo(ObjectNode query) {
        List<JsonNode> dimensions = Oracle.list(query.path("dimensions"));
        boolean measures = query.has("measures");
        if (!dimensions.isEmpty() && chance(5)) {
            addGrouping(query.putObject("grouping"), dimensions);
        } else {
            List<JsonNode> plain = dimensions.stream()
                    .filter(dimension -> !dimension.has("time"))
                    .toList();
            if (measures && !plain.isEmpty() && chance(5)) {
                addOthers(query, plain);
            }
            if (canFill(dimensions) && chance(3)) {
                addFill(query, dimensions);
            }
        }
        if (measures && chance(5)) {
            addCompare(query);
        }
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private void addGrouping(ObjectNode grouping, List<JsonNode> dimensions) {
        String type = palette.pick(List.of("rollup", "cube", "sets"));
        grouping.put("type", type);
        if (type.equals("sets")) {
            ArrayNode sets = grouping.putArray("sets");
            for (int i = random.nextInt(4); i >= 0; i--) {
                ArrayNode set = sets.addArray();
                dimensions.stream().map(Columns::name).filter(_ -> chance(2)).forEach(set::add);
            }
        }
    }

    private void addOthers(ObjectNode query, List<JsonNode> plain) {
        List<JsonNode> measures = Oracle.list(query.get("measures"));
        ObjectNode others = query.putObject("others");
        others.put("by", Columns.measureName(palette.pick(measures)));
        if (chance(2)) {
            others.put("dimension", Columns.name(palette.pick(plain)));
        }
        if (!chance(4)) {
            others.put("limit", random.nextInt(1, 4));
        }
        if (chance(3)) {
            others.put("as", "rest");
        }
    }

    private static boolean canFill(List<JsonNode> dimensions) {
        List<JsonNode> buckets =
                dimensions.stream().filter(dimension -> dimension.has("time")).toList();
        return buckets.size() == 1 && buckets.getFirst().get("time").textValue().equals("time");
    }

    /** In a range of a few buckets. */
    private void addFill(ObjectNode query, List<JsonNode> dimensions) {
        JsonNode bucket = dimensions.stream()
                .filter(dimension -> dimension.has("time"))
                .findFirst()
                .orElseThrow();
        long seconds = Span.parse(bucket.get("grain").textValue()).seconds();
        Instant from = palette.time().minusSeconds(random.nextLong(seconds * 3));
        Instant to = from.plusSeconds(random.nextLong(1, seconds * BUCKETS_MAX));
        query.set("time_range", RandomQueries.range(from, chance(3) ? to : to.plus(Duration.ofNanos(7_000))));
        if (chance(2)) {
            query.put("fill", true);
        } else {
            ObjectNode fill = query.putObject("fill");
            if (chance(2)) {
                fill.put("value", random.nextInt(-2, 3));
            }
        }
    }

    private void addCompare(ObjectNode query) {
        if (!query.has("time_range")) {
            query.set("time_range", RandomQueries.range(palette.time(), palette.time()));
        }
        if (query.has("fill") || chance(2)) {
            query.putObject("compare").put("offset", palette.pick(OFFSETS));
        } else {
            query.set("compare", RandomQueries.range(palette.time(), palette.time()));
        }
    }
}
