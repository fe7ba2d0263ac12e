package dev.sextant.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * Schemas that are for readers and for clients made of the contract: of these, only whether it is an object is checked at the
 * edge. The operation itself checks all else, once, and says more of what is wrong than a schema could.
 */
final class ShownOnly {

    /** The keyword that a schema has. */
    static final String MARK = "x-shown-only";

    private static final Set<String> CHECKED = Set.of("type", "nullable");

    private ShownOnly() {}

    /** The contract as requests and answers are held against it; a copy. */
    static JsonNode strippedFrom(JsonNode document) {
        JsonNode copy = document.deepCopy();
        strip(copy);
        return copy;
    }

    private static void strip(JsonNode node) {
        if (node instanceof ObjectNode schema && schema.has(MARK)) {
            schema.retain(CHECKED);
        }
        node.forEach(ShownOnly::strip);
    }
}
