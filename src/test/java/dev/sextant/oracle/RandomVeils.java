package dev.sextant.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Rules of every kind: filters that show and that hide, hidden fields, and masks. */
final class RandomVeils {

    private static final List<String> OF_TEXTS = List.of("null", "redact", "hash", "partial");
    private static final List<String> MEMBERS = List.of("properties.p", "properties.q");

    private final Schema schema;
    private final Random random;
    private final RandomFilters filters;
    private final List<String> fields;

    RandomVeils(Schema schema, Palette palette, Random random) {
        this.schema = schema;
        this.random = random;
        this.filters = new RandomFilters(random, palette, schema.names("segments"));
        this.fields = new ArrayList<>(schema.names("dimensions"));
        fields.addAll(List.of("time", "event_id", "properties.p", "properties.r.a"));
    }

    Veil next() {
        Set<String> hidden = new HashSet<>();
        Map<String, String> masks = new HashMap<>();
        for (String field : schema.names("dimensions")) {
            int dice = random.nextInt(8);
            if (dice == 0) {
                hidden.add(field);
            } else if (dice == 1) {
                masks.put(field, schema.kind(field) == Kind.STRING ? OF_TEXTS.get(random.nextInt(4)) : "null");
            }
        }
        if (random.nextInt(3) == 0) {
            hidden.add(MEMBERS.get(random.nextInt(MEMBERS.size())));
        }
        return new Veil(some(3), some(2), hidden, masks);
    }

    private List<JsonNode> some(int most) {
        List<JsonNode> some = new ArrayList<>();
        for (int i = random.nextInt(most); i > 0; i--) {
            some.add(filters.next(fields, schema::kind, 2));
        }
        return some;
    }
}
