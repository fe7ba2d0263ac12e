package dev.sextant.query.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes what gives an answer another shape than rows of measures; what is not asked for is left out. */
final class ShapeWriter {

    private ShapeWriter() {}

    static void write(Query query, ObjectNode node) {
        if (!query.fields().isEmpty()) {
            ArrayNode fields = node.putArray("fields");
            query.fields().forEach(field -> QueryWriter.write(field, fields));
        }
        if (query.grouping() != null) {
            ArrayNode sets = node.putObject("grouping").put("type", "sets").putArray("sets");
            query.grouping().levels().forEach(level -> {
                ArrayNode set = sets.addArray();
                level.forEach(set::add);
            });
        }
        if (query.compare() != null) {
            write(query.compare(), node.putObject("compare"));
        }
        if (query.fill() != null) {
            ObjectNode fill = node.putObject("fill");
            if (query.fill().value() != null) {
                fill.put("value", query.fill().value());
            }
        }
        if (query.others() != null) {
            Others others = query.others();
            node.putObject("others")
                    .put("dimension", others.dimension())
                    .put("by", others.by())
                    .put("limit", others.limit())
                    .put("as", others.as());
        }
        if (query.asOf() != null) {
            node.put("as_of", QueryReader.DATA_VERSION_PREFIX + query.asOf());
        }
        if (query.navigate()) {
            node.put("navigate", true);
        }
    }

    private static void write(Compare compare, ObjectNode node) {
        switch (compare) {
            case Compare.Offset offset -> node.put("offset", offset.offset().format());
            case Compare.Period period ->
                node.put("from", period.period().from().toString())
                        .put("to", period.period().to().toString());
        }
    }
}
