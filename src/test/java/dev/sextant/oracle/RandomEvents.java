package dev.sextant.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Events with all types, missing values, and values that meet again. */
final class RandomEvents {

    private static final int EVENTS_MAX = 60;

    private RandomEvents() {}

    static List<Event> of(Schema schema, Palette palette, Random random) {
        int count = random.nextInt(12) == 0 ? 0 : random.nextInt(1, EVENTS_MAX);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<String, Object> values = new HashMap<>();
            values.put("event_id", "e" + i);
            values.put("time", palette.time());
            for (String field : schema.names("dimensions")) {
                if (random.nextInt(5) > 0) {
                    values.put(field, palette.value(field, schema.kind(field)));
                }
            }
            Map<String, JsonNode> properties = new HashMap<>();
            for (String name : List.of("p", "q")) {
                if (random.nextInt(3) > 0) {
                    properties.put(name, palette.property());
                }
            }
            if (random.nextInt(2) > 0) {
                properties.put("r", palette.nested());
            }
            events.add(new Event(values, properties));
        }
        return events;
    }
}
