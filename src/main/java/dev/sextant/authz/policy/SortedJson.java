package dev.sextant.authz.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.TreeMap;

/** JSON whose members stand in the order of their names, so that what says the same has one text. */
final class SortedJson {

    private SortedJson() {}

    static JsonNode of(JsonNode value) {
        if (value.isObject()) {
            TreeMap<String, JsonNode> members = new TreeMap<>();
            value.properties().forEach(member -> members.put(member.getKey(), of(member.getValue())));
            ObjectNode sorted = JsonNodeFactory.instance.objectNode();
            members.forEach(sorted::set);
            return sorted;
        }
        if (value.isArray()) {
            ArrayNode sorted = JsonNodeFactory.instance.arrayNode(value.size());
            value.forEach(element -> sorted.add(of(element)));
            return sorted;
        }
        return value;
    }
}
