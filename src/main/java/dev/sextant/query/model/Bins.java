package dev.sextant.query.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Into which stretches numbers are put: all of one width, or between edges. A stretch holds its lower end and not its upper
 * one, and is named by the lower. All numbers are within ±2^53.
 *
 * @param width above zero; null where there are edges
 * @param origin where one of them begins; null where there are edges
 * @param edges ascending; the last one has no end. Null where there is a width
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Bins(
        @Nullable Double width,
        @Nullable Double origin,
        @Nullable List<Double> edges) {

    public Bins {
        edges = edges == null ? null : List.copyOf(edges);
    }

    static Bins ofWidth(double width, double origin) {
        return new Bins(width, origin, null);
    }

    static Bins between(List<Double> edges) {
        return new Bins(null, null, edges);
    }

    /** Whether all its numbers are whole. */
    @JsonIgnore
    public boolean isWhole() {
        return edges == null
                ? width != null && origin != null && isWhole(width) && isWhole(origin)
                : edges.stream().allMatch(Bins::isWhole);
    }

    private static boolean isWhole(double number) {
        return number == Math.rint(number);
    }

    /** As {@link BinsReader} reads it, whole numbers without a point. */
    public ObjectNode toJson() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (edges != null) {
            ArrayNode array = node.putArray("edges");
            edges.forEach(edge -> add(array, edge));
        } else if (width != null && origin != null) {
            put(node, "width", width);
            put(node, "origin", origin);
        }
        return node;
    }

    private static void put(ObjectNode node, String name, double number) {
        if (isWhole(number)) {
            node.put(name, (long) number);
        } else {
            node.put(name, number);
        }
    }

    private static void add(ArrayNode array, double number) {
        if (isWhole(number)) {
            array.add((long) number);
        } else {
            array.add(number);
        }
    }
}
