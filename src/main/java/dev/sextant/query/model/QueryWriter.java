package dev.sextant.query.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Writes queries as {@link QueryReader} reads them, the defaults of lists and switches spelled out. */
final class QueryWriter {

    private QueryWriter() {}

    static ObjectNode write(Query query) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("dataset", query.dataset());
        ArrayNode measures = node.putArray("measures");
        query.measures().forEach(measure -> {
            ObjectNode written = measures.addObject();
            MeasureWriter.write(measure, written);
            if (!measure.as().equals(MeasureReader.aliasByDefault(measure))) {
                written.put("as", measure.as());
            }
        });
        ArrayNode dimensions = node.putArray("dimensions");
        query.dimensions().forEach(dimension -> write(dimension, dimensions));
        putFilter(node, "filter", query.filter());
        putRange(node, query.timeRange());
        putFilter(node, "having", query.having());
        ArrayNode order = node.putArray("order");
        query.order()
                .forEach(by -> order.addObject()
                        .put("by", by.by())
                        .put("dir", by.descending() ? "desc" : "asc")
                        .put("nulls", by.nullsFirst() ? "first" : "last"));
        node.put("limit", query.limit()).put("cursor", query.cursor()).put("totals", query.totals());
        ShapeWriter.write(query, node);
        return node;
    }

    static void write(Dimension dimension, ArrayNode dimensions) {
        DimensionWriter.write(dimension, dimensions);
    }

    private static void putFilter(ObjectNode node, String name, @Nullable Filter filter) {
        if (filter != null) {
            node.set(name, FilterWriter.write(filter));
        }
    }

    private static void putRange(ObjectNode node, @Nullable TimeRange range) {
        switch (range) {
            case null -> {}
            case TimeRange.Last last ->
                node.putObject("time_range").put("last", last.amount().format());
            case TimeRange.Between between ->
                node.putObject("time_range")
                        .put("from", between.from().toString())
                        .put("to", between.to().toString());
        }
    }
}
