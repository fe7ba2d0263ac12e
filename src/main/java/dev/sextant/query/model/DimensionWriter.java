package dev.sextant.query.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.query.expression.Expression;
import dev.sextant.query.expression.Expression.Subject;
import java.time.DayOfWeek;
import java.time.ZoneOffset;
import java.util.Locale;

/** Writes dimensions as {@link DimensionReader} reads them. */
final class DimensionWriter {

    private DimensionWriter() {}

    static void write(Dimension dimension, ArrayNode dimensions) {
        switch (dimension) {
            case Dimension.Plain plain when plain.as().equals(plain.field()) -> dimensions.add(plain.field());
            case Dimension.Plain plain ->
                dimensions.addObject().put("field", plain.field()).put("as", plain.as());
            case Dimension.TimeBucket bucket -> write(bucket, dimensions.addObject());
            case Dimension.Computed computed -> write(computed.expression(), computed.as(), dimensions.addObject());
            case Dimension.Binned binned ->
                write(binned.value(), binned.as(), dimensions.addObject())
                        .set("bins", binned.bins().toJson());
        }
    }

    private static ObjectNode write(Expression value, String as, ObjectNode node) {
        write(value, node);
        return as.equals(DimensionReader.nameByDefault(value)) ? node : node.put("as", as);
    }

    /** As {@code expr}; or, what says the same, as {@code field} and {@code type}. */
    static ObjectNode write(Expression value, ObjectNode node) {
        if (value instanceof Subject subject) {
            return node.put("field", subject.name());
        }
        String field = ExpressionPlace.castField(value);
        return field == null
                ? node.put("expr", value.text())
                : node.put("field", field).put("type", value.type().name().toLowerCase(Locale.ROOT));
    }

    private static void write(Dimension.TimeBucket bucket, ObjectNode node) {
        boolean utc = bucket.zone().equals(ZoneOffset.UTC);
        node.put("time", bucket.field())
                .put("grain", bucket.grain().format())
                .put("tz", utc ? "UTC" : bucket.zone().getId());
        if (bucket.weekStart() != DayOfWeek.MONDAY) {
            node.put("week_start", bucket.weekStart().name().toLowerCase(Locale.ROOT));
        }
        if (!bucket.as().equals(bucket.field())) {
            node.put("as", bucket.as());
        }
    }
}
