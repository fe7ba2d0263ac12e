package dev.sextant.query.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes models as {@link ModelReader} reads them. */
final class ModelWriter {

    private ModelWriter() {}

    static ObjectNode write(DatasetModel model) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        Roles roles = model.roles();
        node.put("time", roles.time())
                .put("entity", roles.entity())
                .put("event", roles.event())
                .put("session", roles.session())
                .put("value", roles.value())
                .put("touchpoint", roles.touchpoint());
        ArrayNode dimensions = node.putArray("dimensions");
        model.dimensions().forEach(field -> write(field, dimensions.addObject()));
        ArrayNode hierarchies = node.putArray("hierarchies");
        model.hierarchies().forEach(hierarchy -> {
            ArrayNode levels =
                    hierarchies.addObject().put("name", hierarchy.name()).putArray("levels");
            hierarchy.levels().forEach(levels::add);
        });
        ArrayNode measures = node.putArray("measures");
        model.measures().forEach(measure -> write(measure, measures.addObject()));
        ArrayNode segments = node.putArray("segments");
        model.segments()
                .forEach(segment -> segments.addObject()
                        .put("name", segment.name())
                        .set("filter", FilterWriter.write(segment.filter())));
        return node;
    }

    private static void write(Field field, ObjectNode node) {
        node.put("name", field.name()).put("type", field.type().name().toLowerCase(Locale.ROOT));
        putUnit(node, field.unit(), field.currency());
    }

    private static void write(DatasetModel.NamedMeasure measure, ObjectNode node) {
        MeasureWriter.write(measure.definition(), node.put("name", measure.name()));
        putUnit(node, measure.unit(), measure.currency());
    }

    private static void putUnit(ObjectNode node, @Nullable String unit, @Nullable String currency) {
        if (unit != null) {
            node.put("unit", unit);
        }
        if (currency != null) {
            node.put("currency", currency);
        }
    }
}
