package dev.sextant.query.compile;

import dev.sextant.engine.FieldType;
import dev.sextant.engine.Table;
import dev.sextant.query.expression.Expression;
import dev.sextant.query.expression.JsonPath;
import dev.sextant.query.model.Dimension;
import dev.sextant.query.model.Field;
import dev.sextant.query.model.Fields;
import java.util.stream.Collectors;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.tools.RelBuilder;

/** Makes values of fields, and of expressions over them, in the scanned table, which is on top of the builder. */
final class FieldTree {

    private final RelBuilder builder;
    private final Fields fields;
    private final ExpressionTree expressions;
    private final BinTree bins;

    FieldTree(RelBuilder builder, Fields fields, Parameters parameters) {
        this.builder = builder;
        this.fields = fields;
        this.expressions = new ExpressionTree(builder, parameters, this::value);
        this.bins = new BinTree(builder, parameters);
    }

    FieldType type(String name) {
        return field(name).type();
    }

    RexNode value(Expression expression) {
        return expressions.value(expression);
    }

    /** What rows are grouped by; of a bucket of time, the instant that falls into it. */
    RexNode value(Dimension dimension) {
        return switch (dimension) {
            case Dimension.Plain plain -> value(plain.field());
            case Dimension.TimeBucket bucket -> value(bucket.field());
            case Dimension.Computed computed -> value(computed.expression());
            case Dimension.Binned binned ->
                bins.key(binned.bins(), value(binned.value()), binned.value().type());
        };
    }

    /** The field's value. JSON comes as text, and so does what is in it. */
    RexNode value(String name) {
        JsonPath path = Fields.isPath(name) ? JsonPath.parse(name) : null;
        if (path != null) {
            return builder.call(Operators.JSON_EXTRACT_STRING, builder.field(path.root()), builder.literal(text(path)));
        }
        RexNode column = column(name);
        return type(name) == FieldType.JSON ? builder.call(Operators.TEXT, column) : column;
    }

    /** As the engine writes paths: {@code $."a"[0]}. */
    private static String text(JsonPath path) {
        return path.steps().stream().map(FieldTree::text).collect(Collectors.joining("", "$", ""));
    }

    private static String text(Object step) {
        return step instanceof String member
                ? ".\"" + member.replace("\\", "\\\\").replace("\"", "\\\"") + "\""
                : "[" + step + "]";
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
