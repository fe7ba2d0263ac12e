package dev.sextant.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An event as it was sent.
 *
 * @param values of the declared fields, in the form of their {@link Kind}; those that are missing are left out
 * @param properties what is not declared
 */
public record Event(Map<String, Object> values, Map<String, JsonNode> properties) {

    private static final Pattern STEP = Pattern.compile("\\.([^.\\[]+)|\\[([0-9]+)]");

    /** Null where it has none. What is not declared is a text. */
    @Nullable
    Object value(String field) {
        if (!isPath(field)) {
            return values.get(field);
        }
        Matcher steps = STEP.matcher(field);
        JsonNode at = root(field.replaceFirst("[.\\[].*", ""));
        while (steps.find()) {
            at = steps.group(1) == null ? at.path(Integer.parseInt(steps.group(2))) : at.path(steps.group(1));
        }
        return at.isMissingNode() || at.isNull() ? null : at.isTextual() ? at.textValue() : at.toString();
    }

    /** Whether the field is a place inside of one that holds JSON. */
    static boolean isPath(String field) {
        return field.contains(".") || field.contains("[");
    }

    private JsonNode root(String name) {
        if (values.get(name) instanceof String json) {
            return Schema.parse(json);
        }
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        return name.equals("properties") ? all.setAll(properties) : all;
    }

    /** Those that are sent first: as_of means the version that they made. */
    public static List<Event> firstHalf(List<Event> events) {
        return events.subList(0, events.size() / 2);
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
