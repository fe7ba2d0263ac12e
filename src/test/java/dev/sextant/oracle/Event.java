package dev.sextant.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event as it was sent.
 *
 * @param values of the declared fields, in the form of their {@link Kind}; those that are missing are left out
 * @param properties what is not declared
 */
public record Event(Map<String, Object> values, Map<String, JsonNode> properties) {

    static final String PROPERTIES = "properties.";

    /** Null where it has none. What is not declared is a text. */
    @Nullable
    Object value(String field) {
        if (!field.startsWith(PROPERTIES)) {
            return values.get(field);
        }
        JsonNode property = properties.get(field.substring(PROPERTIES.length()));
        if (property == null || property.isNull()) {
            return null;
        }
        return property.isTextual() ? property.textValue() : property.toString();
    }

    /** As it goes to the server. */
    public ObjectNode toJson(Schema schema) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        values.forEach((field, value) -> put(json, field, value, schema.kind(field)));
        properties.forEach(json::set);
        return json;
    }

    private static void put(ObjectNode json, String field, Object value, Kind kind) {
        switch (value) {
            case String text when kind == Kind.JSON -> json.set(field, Schema.parse(text));
            case String text -> json.put(field, text);
            case BigInteger whole -> json.put(field, whole);
            case Approximate number -> json.put(field, number.value());
            case Boolean truth -> json.put(field, truth);
            case Instant instant -> json.put(field, instant.toString());
            default -> throw new IllegalStateException("No field holds this");
        }
    }
}
