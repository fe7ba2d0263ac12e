package dev.sextant.engine.druid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.kernel.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Which rows of a segment are written anew: a condition in SQL, in the words that Druid's tasks take. */
final class KeptRows {

    private KeptRows() {}

    /**
     * {@code transformSpec} of a specification.
     *
     * @param plan as {@code EXPLAIN PLAN FOR} gives it: Druid itself says what its SQL means
     * @throws IOException where it is none that a task could do
     */
    static ObjectNode of(String plan) throws IOException {
        JsonNode queries = Json.tree(plan.getBytes(StandardCharsets.UTF_8));
        JsonNode query = queries.path(0).path("query");
        JsonNode filter = query.path("filter");
        if (queries.size() != 1 || !filter.isObject()) {
            throw new IOException("Druid does not say what it would look for");
        }
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        ArrayNode transforms = kept.putArray("transforms");
        for (JsonNode column : query.path("virtualColumns")) {
            transforms.add(transform(column));
        }
        kept.set("filter", filter);
        return kept;
    }

    private static ObjectNode transform(JsonNode column) throws IOException {
        String type = column.path("type").asText();
        ObjectNode transform = JsonNodeFactory.instance.objectNode().put("type", "expression");
        return switch (type) {
            case "expression" ->
                transform
                        .put("name", column.path("name").asText())
                        .put("expression", column.path("expression").asText());
            case "nested-field" ->
                transform
                        .put("name", column.path("outputName").asText())
                        .put(
                                "expression",
                                "json_value(\"%s\",'%s','%s')"
                                        .formatted(
                                                escaped(column.path("columnName")),
                                                escaped(column.path("path")),
                                                escaped(column.path("expectedType"))));
            default -> throw new IOException("No task can do what Druid calls " + type);
        };
    }

    /** Within the quotes of Druid's expressions. */
    private static String escaped(JsonNode text) {
        return text.asText().replace("\\", "\\\\").replace("'", "\\'").replace("\"", "\\\"");
    }
}
