package dev.sextant.query.compile;

import dev.sextant.engine.FieldType;
import dev.sextant.engine.Table;
import dev.sextant.query.model.Field;
import dev.sextant.query.model.Fields;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.tools.RelBuilder;

/** Finds fields in the scanned table, which is on top of the builder. */
final class FieldTree {

    private final RelBuilder builder;
    private final Fields fields;

    FieldTree(RelBuilder builder, Fields fields) {
        this.builder = builder;
        this.fields = fields;
    }

    FieldType type(String name) {
        return field(name).type();
    }

    /** The field's value. JSON comes as text, and so does what is not declared. */
    RexNode value(String name) {
        if (Fields.isProperty(name)) {
            String path = "$.\"" + name.substring(Fields.PROPERTIES_PREFIX.length()) + "\"";
            return builder.call(Operators.JSON_EXTRACT_STRING, builder.field(Table.PROPERTIES), builder.literal(path));
        }
        RexNode column = column(name);
        return type(name) == FieldType.JSON ? builder.call(Operators.TEXT, column) : column;
    }

    private RexNode column(String name) {
        return builder.field(fields.isTime(name) ? Table.TIME : name);
    }

    private Field field(String name) {
        Field field = fields.find(name);
        if (field == null) {
            throw new IllegalArgumentException("The query was not checked against this model");
        }
        return field;
    }
}
