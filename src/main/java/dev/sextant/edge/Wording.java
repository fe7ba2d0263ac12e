package dev.sextant.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.networknt.schema.Error;
import java.util.ArrayList;
import java.util.List;

/**
 * What is told of a violation: the library's own words, but where these run two together, or the contract shows what would do.
 * Pure; looks into the contract only where something is wrong.
 */
final class Wording {

    private Wording() {}

    static String of(Error error) {
        return switch (error.getKeyword()) {
            case "pattern" -> form(error);
            case "minProperties" -> members(error);
            case "format" -> time(error);
            default -> error.getMessage();
        };
    }

    private static String time(Error error) {
        return String.valueOf(error.getMessage()).contains("date-time")
                ? "must be an RFC 3339 date-time such as 2026-11-23T15:00:00Z, in UTC in the years 0001 to 9999"
                : error.getMessage();
    }

    private static String form(Error error) {
        JsonNode example = around(error).path("example");
        return example.isValueNode()
                ? "must have a form such as %s: %s".formatted(example.asText(), error.getMessage())
                : error.getMessage();
    }

    private static String members(Error error) {
        List<String> names = new ArrayList<>();
        around(error).path("properties").fieldNames().forEachRemaining(names::add);
        return names.isEmpty() ? error.getMessage() : "must have one of these at least: " + String.join(", ", names);
    }

    /** The schema that has the keyword. */
    private static JsonNode around(Error error) {
        String pointer = error.getSchemaLocation().getFragment().getParent().toString();
        return pointer.startsWith("/") ? Contract.read().document().at(pointer) : MissingNode.getInstance();
    }
}
