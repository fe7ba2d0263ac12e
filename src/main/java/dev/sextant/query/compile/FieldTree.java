package dev.sextant.query.compile;

import dev.sextant.engine.FieldType;
import dev.sextant.engine.Table;
import dev.sextant.query.expression.Expression;
import dev.sextant.query.expression.JsonPath;
import dev.sextant.query.model.Dimension;
import dev.sextant.query.model.Field;
import dev.sextant.query.model.Fields;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.tools.RelBuilder;

/** Makes values of fields, and of expressions over them, in the scanned table, which is on top of the builder. */
final class FieldTree {

    private final RelBuilder builder;
    private final Fields fields;
    private final Set<String> sealed;
    private final ExpressionTree expressions;
    private final BinTree bins;

    /** @param sealed fields that are not to be had from this engine as they may be seen */
    FieldTree(RelBuilder builder, Fields fields, Parameters parameters, Set<String> sealed) {
        this.builder = builder;
        this.fields = fields;
        this.sealed = sealed;
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
        if (sealed.contains(path == null ? name : path.root())) {
            throw Phrase.refusal("A field that is masked by a hash, or in part,", "ask for other fields");
        }
        if (path != null) {
            RexNode json = builder.field(path.root());
            RexNode text = builder.call(Operators.JSON_EXTRACT_STRING, json, builder.literal(text(path)));
            return isQuotable(path)
                    ? builder.call(Operators.JSON_TEXT_AT, text, json, builder.literal(quoted(path)))
                    : builder.call(Operators.JSON_TEXT_AT, text);
        }
        RexNode column = column(name);
        return type(name) == FieldType.JSON ? builder.call(Operators.JSON_TEXT, column) : column;
    }

    /** Others would end the text that the engine itself makes of the path. */
    private static boolean isQuotable(JsonPath path) {
        return path.steps().stream()
                .noneMatch(step -> step instanceof String member && member.matches(".*['\"\\\\].*"));
    }

    /** As the other engine does: {@code $['a'][0]}, without any escapes. */
    private static String quoted(JsonPath path) {
        return path.steps().stream()
                .map(step -> step instanceof String member ? "['" + member + "']" : "[" + step + "]")
                .collect(Collectors.joining("", "$", ""));
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
