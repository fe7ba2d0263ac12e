package dev.sextant.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** Filter trees with every operator, over fields or over columns. */
final class RandomFilters {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> OF_ALL = List.of("is_null", "exists");
    private static final List<String> OF_EQUALS = List.of("eq", "ne", "in", "nin");
    private static final List<String> OF_ORDER = List.of("gt", "gte", "lt", "lte", "between");
    private static final List<String> OF_TEXTS = List.of("contains", "starts_with", "regex");
    private static final List<String> EXPRESSIONS = List.of(
            "^a",
            "b$",
            "[0-9]+",
            "a.?b",
            "(?i)AB",
            "é|ß",
            "^$",
            "",
            "\\\\",
            "^.$",
            "\\p{Cyrillic}",
            "😀+",
            "[^a]",
            "^(a|B)$");

    private final Random random;
    private final Palette palette;
    private final List<String> segments;

    /** @param segments that may be named; none in having */
    RandomFilters(Random random, Palette palette, List<String> segments) {
        this.random = random;
        this.palette = palette;
        this.segments = segments;
    }

    /** @param names of what is compared; never empty */
    ObjectNode next(List<String> names, Function<String, Kind> kinds, int depth) {
        ObjectNode filter = JSON.objectNode();
        int kind = depth == 0 ? 9 : random.nextInt(10);
        switch (kind) {
            case 0, 1 -> addAll(filter.putArray("and"), names, kinds, depth);
            case 2, 3 -> addAll(filter.putArray("or"), names, kinds, depth);
            case 4 -> filter.set("not", next(names, kinds, depth - 1));
            case 5 -> nameSegment(filter, names, kinds);
            default -> compare(filter, palette.pick(names), kinds);
        }
        return filter;
    }

    private void addAll(ArrayNode parts, List<String> names, Function<String, Kind> kinds, int depth) {
        for (int i = 0; i < random.nextInt(1, 4); i++) {
            parts.add(next(names, kinds, depth - 1));
        }
        if (parts.isEmpty()) {
            parts.add(next(names, kinds, depth - 1));
        }
    }

    private void nameSegment(ObjectNode filter, List<String> names, Function<String, Kind> kinds) {
        if (segments.isEmpty()) {
            compare(filter, palette.pick(names), kinds);
        } else {
            filter.put("segment", palette.pick(segments));
        }
    }

    private void compare(ObjectNode filter, String name, Function<String, Kind> kinds) {
        boolean asNumber = Event.isPath(name) && random.nextInt(3) == 0;
        Kind kind = asNumber ? Kind.DOUBLE : kinds.apply(name);
        String operator = operator(kind);
        filter.put("field", name);
        filter.put("op", operator);
        switch (operator) {
            case "is_null", "exists" -> {
                if (random.nextInt(3) > 0) {
                    filter.put("value", random.nextBoolean());
                }
            }
            case "in", "nin" -> {
                ArrayNode values = filter.putArray("value");
                for (int i = random.nextInt(3); i >= 0; i--) {
                    values.add(operand(name, kind));
                }
            }
            case "between" -> filter.putArray("value").add(operand(name, kind)).add(operand(name, kind));
            case "regex" -> filter.put("value", palette.pick(EXPRESSIONS));
            default -> filter.set("value", operand(name, kind));
        }
    }

    private String operator(Kind kind) {
        if (kind == Kind.JSON || random.nextInt(8) == 0) {
            return palette.pick(OF_ALL);
        }
        if (kind == Kind.BOOLEAN || random.nextInt(3) == 0) {
            return palette.pick(OF_EQUALS);
        }
        return palette.pick(kind == Kind.STRING && random.nextBoolean() ? OF_TEXTS : OF_ORDER);
    }

    private JsonNode operand(String name, Kind kind) {
        Object value = palette.value(name, kind);
        return switch (value) {
            case String text -> JSON.textNode(text);
            case BigInteger whole -> JSON.numberNode(whole);
            case Approximate number -> JSON.numberNode(number.value());
            case Boolean truth -> JSON.booleanNode(truth);
            default -> JSON.textNode(value.toString());
        };
    }
}
