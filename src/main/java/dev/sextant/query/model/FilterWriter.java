package dev.sextant.query.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.List;

/** Writes conditions as {@link FilterReader} reads them. */
final class FilterWriter {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private FilterWriter() {}

    static ObjectNode write(Filter filter) {
        ObjectNode node = JSON.objectNode();
        switch (filter) {
            case Filter.Comparison comparison -> write(comparison, node);
            case Filter.And and -> writeAll(and.all(), node.putArray("and"));
            case Filter.Or or -> writeAll(or.any(), node.putArray("or"));
            case Filter.Not not -> node.set("not", write(not.filter()));
            case Filter.InSegment in -> node.put("segment", in.segment());
            case Filter.Met met -> node.put("expr", met.condition().text());
        }
        return node;
    }

    private static void writeAll(List<Filter> filters, ArrayNode array) {
        filters.forEach(filter -> array.add(write(filter)));
    }

    private static void write(Filter.Comparison comparison, ObjectNode node) {
        node.put("field", comparison.field());
        node.put("op", comparison.operator().wireName());
        if (!comparison.operator().takesList()) {
            add(node.putArray("value"), comparison.values().getFirst());
            node.set("value", node.get("value").get(0));
            return;
        }
        ArrayNode values = node.putArray("value");
        comparison.values().forEach(value -> add(values, value));
    }

    private static void add(ArrayNode array, Object value) {
        switch (value) {
            case Boolean flag -> array.add(flag.booleanValue());
            case Long whole -> array.add(whole.longValue());
            case BigInteger whole -> array.add(whole);
            case Double number -> array.add(number.doubleValue());
            default -> array.add(value.toString()); // a text, or an instant, which writes itself as RFC 3339
        }
    }
}
