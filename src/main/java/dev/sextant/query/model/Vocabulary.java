package dev.sextant.query.model;

import dev.sextant.engine.FieldType;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.query.expression.Expression.Subject;
import dev.sextant.query.expression.JsonPath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a body may name: a dataset's fields, and its segments and measures.
 *
 * @param model with the segments and measures as far as they may be used there
 */
record Vocabulary(DatasetModel model, Fields fields) implements FilterReader.Subjects {

    static Vocabulary of(DatasetModel model) {
        return new Vocabulary(model, Fields.of(model));
    }

    @Override
    public List<String> segments() {
        return model.segments().stream().map(DatasetModel.Segment::name).toList();
    }

    List<String> measures() {
        return model.measures().stream().map(DatasetModel.NamedMeasure::name).toList();
    }

    /** Null, and refused at the place, where there is none of the name. */
    @Nullable
    Field field(String name, Place place) {
        Field field = fields.find(name);
        if (field == null && fields.isPathLike(name)) {
            place.refuse(
                    "is no path into JSON: write such as properties.cart.items[0]['unit price'], in %d steps at most"
                            .formatted(JsonPath.STEPS_MAX));
        } else if (field == null) {
            place.refuse(Reason.UNKNOWN_FIELD, fields.unknown(name));
        }
        return field;
    }

    @Override
    public @Nullable FieldType type(String name, Place place) {
        Field field = field(name, place);
        return field == null ? null : field.type();
    }

    /** A path may be written in many ways. */
    @Override
    public String name(String given) {
        Field field = fields.find(given);
        return field == null ? given : field.name();
    }

    @Override
    public @Nullable Subject find(String name) {
        Field field = fields.find(name);
        return field == null || field.type() == FieldType.JSON ? null : new Subject(field.name(), field.type());
    }

    @Override
    public String unknown(String name) {
        return fields.find(name) == null
                ? fields.unknown(name)
                : "Field '%s' is json: name what is in it, such as %s.price".formatted(name, name);
    }
}
