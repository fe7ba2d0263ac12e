package dev.sextant.query.model;

import dev.sextant.engine.FieldType;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a body may name: a dataset's fields, and its segments and measures as far as they may be used there. */
record Vocabulary(Fields fields, List<String> segments, List<String> measures) implements FilterReader.Subjects {

    static Vocabulary of(DatasetModel model) {
        return new Vocabulary(
                Fields.of(model),
                model.segments().stream().map(DatasetModel.Segment::name).toList(),
                model.measures().stream().map(DatasetModel.NamedMeasure::name).toList());
    }

    /** Null, and refused at the place, where there is none of the name. */
    @Nullable
    Field field(String name, Place place) {
        Field field = fields.find(name);
        if (field == null && fields.isNestedPath(name)) {
            place.refuse(Reason.NOT_SUPPORTED, "Paths into JSON other than properties.<name> are not supported yet");
        } else if (field == null) {
            place.refuse(Reason.UNKNOWN_FIELD, Names.unknown("Field", name, fields.names()));
        }
        return field;
    }

    @Override
    public @Nullable FieldType type(String name, Place place) {
        Field field = field(name, place);
        return field == null ? null : field.type();
    }
}
