package dev.sextant.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rules that keep something back, and what is left of events behind them, worked out event by event.
 *
 * @param any filters, of which an event that is seen meets one; without any, all are seen
 * @param without filters, of which an event that is seen meets none
 * @param fieldToMask by its name on the wire
 */
public record Veil(List<JsonNode> any, List<JsonNode> without, Set<String> hidden, Map<String, String> fieldToMask) {

    /** What is left of the dataset's declaration. */
    Schema schema(Schema whole) {
        ObjectNode model = whole.model().deepCopy();
        if (hidden.contains(model.path("entity").asText())) {
            model.remove("entity");
        }
        keep(model, "dimensions", field -> !hidden.contains(field.get("name").textValue()));
        keep(model, "segments", this::isLeft);
        keep(model, "measures", this::isLeft);
        return Schema.of(model);
    }

    private void keep(ObjectNode model, String list, java.util.function.Predicate<JsonNode> isLeft) {
        ArrayNode left = JsonNodeFactory.instance.arrayNode();
        model.get(list).forEach(element -> {
            if (isLeft.test(element)) {
                left.add(element);
            }
        });
        model.set(list, left);
    }

    private boolean isLeft(JsonNode declared) {
        boolean names = declared.findValues("field").stream().anyMatch(field -> hidden.contains(field.textValue()));
        boolean namesHiddenSegment = hidden.contains("city")
                && declared.findValues("segment").stream().anyMatch(JsonNode::isTextual);
        return !names && !namesHiddenSegment;
    }

    /** What is left of the events. */
    List<Event> events(Schema whole, List<Event> events, Map<String, String> fieldToSalt) {
        Conditions conditions = new Conditions(whole);
        List<Event> seen = new ArrayList<>();
        for (Event event : events) {
            EventSubject subject = new EventSubject(whole, event);
            boolean isShown = any.isEmpty() || any.stream().anyMatch(filter -> conditions.met(filter, subject));
            if (isShown && without.stream().noneMatch(filter -> conditions.met(filter, subject))) {
                seen.add(masked(event, fieldToSalt));
            }
        }
        return seen;
    }

    private Event masked(Event event, Map<String, String> fieldToSalt) {
        Map<String, Object> values = new HashMap<>(event.values());
        Map<String, JsonNode> properties = new HashMap<>(event.properties());
        hidden.forEach(name -> {
            values.remove(name);
            properties.remove(name.replace("properties.", ""));
        });
        fieldToMask.forEach((name, mask) -> {
            properties.remove(name.replace("properties.", ""));
            if (values.get(name) instanceof String text && !mask.equals("null")) {
                values.put(name, masked(text, mask, fieldToSalt.getOrDefault(name, "")));
            } else {
                values.remove(name);
            }
        });
        return new Event(values, properties);
    }

    private static String masked(String text, String mask, String salt) {
        return switch (mask) {
            case "redact" -> "***";
            case "hash" -> sha256(salt + text);
            case "partial" ->
                text.codePointCount(0, text.length()) < 4
                        ? "***"
                        : text.substring(0, text.offsetByCodePoints(0, 1)) + "***";
            default -> throw new IllegalArgumentException(mask);
        };
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As policies of one role. */
    public List<ObjectNode> policies(String role, String dataset) {
        List<ObjectNode> policies = new ArrayList<>();
        any.forEach(filter -> policies.add(policy(role, dataset, "allow").set("rows", filter)));
        without.forEach(filter -> policies.add(policy(role, dataset, "deny").set("rows", filter)));
        ObjectNode columns = JsonNodeFactory.instance.objectNode();
        if (!hidden.isEmpty()) {
            hidden.forEach(columns.putArray("hide")::add);
        }
        if (!fieldToMask.isEmpty()) {
            ArrayNode masks = columns.putArray("mask");
            fieldToMask.forEach(
                    (field, mask) -> masks.addObject().put("field", field).put("with", mask));
        }
        if (!columns.isEmpty()) {
            policies.add(policy(role, dataset, "deny").set("columns", columns));
        }
        return policies;
    }

    private static ObjectNode policy(String role, String dataset, String effect) {
        ObjectNode policy =
                JsonNodeFactory.instance.objectNode().put("name", "of a game").put("effect", effect);
        policy.putArray("roles").add(role);
        policy.putArray("resources").add("dataset/" + dataset);
        policy.putArray("actions").add("read");
        return policy;
    }
}
