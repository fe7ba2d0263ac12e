package dev.sextant.rollups;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Asks for a new rollup. Dimensions and measures are as the caller sent them, unread. */
record CreateRollup(
        String dataset,
        String name,
        String grain,
        @Nullable JsonNode dimensions,
        @Nullable JsonNode measures) {

    /** As it is kept. */
    ObjectNode toDeclaration() {
        ObjectNode declaration = JsonNodeFactory.instance.objectNode();
        declaration.put("name", name).put("grain", grain);
        declaration.set("dimensions", dimensions == null ? declaration.arrayNode() : dimensions);
        declaration.set("measures", measures == null ? declaration.arrayNode() : measures);
        return declaration;
    }
}
