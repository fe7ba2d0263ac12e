package dev.sextant.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.engine.EventBatch.Event;
import dev.sextant.engine.FieldType;
import dev.sextant.engine.Table;
import dev.sextant.kernel.Ids;
import dev.sextant.query.model.DatasetModel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads events against a dataset's model. What the model does not declare lands in {@code properties}. Pure. */
final class EventReader {

    private static final int ID_LENGTH_MAX = 256;
    private static final int DERIVED_BYTES = 16;
    private static final int SOURCE_LENGTH_MAX = 128;
    private static final String SOURCE_BY_DEFAULT = "api";
    /** System columns that we write ourselves. */
    private static final Set<String> OURS = Set.of(Table.TIME, Table.RECEIVED_AT, Table.BATCH_ID, Table.SCHEMA_VERSION);

    private final Table table;
    private final String timeField;
    private final Instant now;
    private final String claim;
    private final Map<String, Integer> fieldToIndex = new HashMap<>();

    EventReader(DatasetModel model, Table table, Instant now) {
        this(model, table, now, "");
    }

    /** @param claim that the events are read under; empty for none */
    EventReader(DatasetModel model, Table table, Instant now, String claim) {
        this.claim = claim;
        this.table = table;
        this.timeField = model.roles().time();
        this.now = now;
        for (int i = 0; i < table.columns().size(); i++) {
            fieldToIndex.put(table.columns().get(i).name(), i);
        }
    }

    /**
     * The event, or why it is none. One without an id gets one; under a claim it is the same whenever the same event is read
     * at the same place again, so that it is not taken twice.
     */
    Event read(JsonNode json, long index) throws RejectedEvent {
        if (!json.isObject()) {
            throw new RejectedEvent("", "type_mismatch", "An event is a JSON object.");
        }
        @Nullable Object[] values = new @Nullable Object[table.columns().size()];
        ObjectNode properties = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> member : json.properties()) {
            place(member.getKey(), member.getValue(), values, properties);
        }
        String id = text(json, Table.EVENT_ID, ID_LENGTH_MAX);
        String source = text(json, Table.SOURCE, SOURCE_LENGTH_MAX);
        JsonNode time = json.get(timeField);
        boolean isNamed = id != null || !claim.isEmpty();
        return new Event(
                id != null ? id : claim.isEmpty() ? Ids.make("evt") : derived(json, index),
                isNamed,
                time == null || time.isNull() ? now : EventValues.instant(time, "/" + timeField),
                source == null ? SOURCE_BY_DEFAULT : source,
                values,
                properties.isEmpty() ? null : properties.toString());
    }

    private String derived(JsonNode json, long index) {
        String text = claim + " " + index + " " + json;
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "evt_" + HexFormat.of().formatHex(digest, 0, DERIVED_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Java has SHA-256", e);
        }
    }

    private void place(String name, JsonNode value, @Nullable Object[] values, ObjectNode properties)
            throws RejectedEvent {
        Integer index = fieldToIndex.get(name);
        if (index != null) {
            FieldType type = table.columns().get(index).type();
            values[index] = EventValues.value(value, type, pointer(name));
        } else if (name.equals(Table.PROPERTIES)) {
            properties.setAll(object(value));
        } else if (OURS.contains(name)) {
            throw new RejectedEvent(
                    pointer(name), "reserved_field", "Sextant writes this field itself: leave it out, or rename it.");
        } else if (!name.equals(timeField) && !name.equals(Table.EVENT_ID) && !name.equals(Table.SOURCE)) {
            properties.set(EventValues.name(name, ""), EventValues.json(value, pointer(name)));
        }
    }

    private static ObjectNode object(JsonNode value) throws RejectedEvent {
        if (value.isNull()) {
            return JsonNodeFactory.instance.objectNode();
        }
        if (value instanceof ObjectNode object) {
            EventValues.json(object, "/properties");
            return object;
        }
        throw new RejectedEvent("/properties", "type_mismatch", "'properties' is a JSON object.");
    }

    private static @Nullable String text(JsonNode json, String name, int lengthMax) throws RejectedEvent {
        JsonNode value = json.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()
                || value.textValue().isEmpty()
                || value.textValue().length() > lengthMax) {
            throw new RejectedEvent(
                    pointer(name),
                    value.isTextual() ? "wrong_length" : "type_mismatch",
                    "'%s' is a string of 1 to %d characters.".formatted(name, lengthMax));
        }
        return EventValues.text(value, pointer(name));
    }

    static String pointer(String name) {
        return "/" + name.replace("~", "~0").replace("/", "~1");
    }
}
