package dev.sextant.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events themselves: the fields that are asked for, and after them their time and id, which decide their order. */
record EventRows(Schema schema, JsonNode query) {

    List<List<@Nullable Object>> of(List<Event> events) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Event event : events) {
            List<@Nullable Object> row = new ArrayList<>();
            Oracle.list(query.get("fields")).forEach(field -> row.add(schema.input(field, event)));
            row.add(event.value("time"));
            row.add(event.value("event_id"));
            rows.add(row);
        }
        return rows;
    }
}
