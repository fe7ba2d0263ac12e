package dev.sextant.query.compile;

import dev.sextant.engine.FieldType;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.tools.RelBuilder;

/** Makes values of one type of those of another. What does not read as the other is null. */
final class CastTree {

    /** A number as JSON has it. Source: RFC 8259, 6. */
    static final String NUMBER = "^-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$";

    /** One that is whole, perhaps with a point and zeros; JSON tells both the same. */
    static final String WHOLE = "^(-?(?:0|[1-9][0-9]*))(?:\\.0+)?$";

    /** Source: RFC 3339, 5.6. */
    private static final String INSTANT =
            "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,9})?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})$";

    private static final String TRUTH = "^(?:true|false)$";

    private final RelBuilder builder;

    CastTree(RelBuilder builder) {
        this.builder = builder;
    }

    RexNode typed(FieldType type, SqlOperator operator, List<RexNode> operands) {
        RelDataTypeFactory types = builder.getTypeFactory();
        RelDataType made = types.createTypeWithNullability(types.createSqlType(SqlTypes.of(type)), true);
        return builder.getRexBuilder().makeCall(made, operator, operands);
    }

    /** A parameter, which has no type of its own. */
    RexNode literal(RexNode parameter, FieldType type) {
        return builder.call(
                switch (type) {
                    case STRING, JSON -> Operators.TEXT;
                    case LONG -> ExpressionOperators.WHOLE;
                    case DECIMAL -> ExpressionOperators.LARGE_WHOLE;
                    case DOUBLE -> Operators.NUMBER;
                    case BOOLEAN -> ExpressionOperators.TRUTH;
                    case TIMESTAMP -> ExpressionOperators.INSTANT;
                },
                parameter);
    }

    /** The same number in a wider type. */
    RexNode widened(RexNode value, FieldType from, FieldType to) {
        if (from == to || (to != FieldType.DOUBLE && to != FieldType.DECIMAL)) {
            return value;
        }
        return builder.call(to == FieldType.DOUBLE ? Operators.NUMBER : ExpressionOperators.LARGE_WHOLE, value);
    }

    RexNode cast(RexNode value, FieldType from, FieldType to) {
        return switch (to) {
            case STRING -> builder.call(text(from), value);
            case DOUBLE -> from == FieldType.STRING ? numberOrNull(value) : builder.call(Operators.NUMBER, value);
            case LONG -> whole(value, from);
            case BOOLEAN ->
                builder.call(
                        ExpressionOperators.TRUTH_OR_NULL,
                        matched(builder.call(ExpressionOperators.LOWER, value), TRUTH, 0));
            case TIMESTAMP -> {
                RexNode zoned = builder.call(
                        ExpressionOperators.INSTANT_OR_NULL,
                        builder.call(ExpressionOperators.UPPER_ASCII, matched(value, INSTANT, 0)));
                yield builder.call(Operators.TIMEZONE, builder.literal("UTC"), zoned);
            }
            case JSON, DECIMAL -> throw new IllegalArgumentException("Nothing is cast to it");
        };
    }

    private static SqlOperator text(FieldType from) {
        return from == FieldType.BOOLEAN ? ExpressionOperators.TEXT_OF_TRUTH : Operators.TEXT;
    }

    /** The number that a text is, where it is one of JSON and within all doubles. */
    RexNode numberOrNull(RexNode text) {
        RexNode number = builder.call(Operators.NUMBER_OR_NULL, matched(text, NUMBER, 0));
        return new ArithmeticTree(builder).finite(number);
    }

    /** Doubles lose what stands after the point. */
    private RexNode whole(RexNode value, FieldType from) {
        return switch (from) {
            case STRING -> builder.call(ExpressionOperators.WHOLE_OF_TEXT, matched(value, WHOLE, 1));
            case DOUBLE ->
                builder.call(
                        ExpressionOperators.WHOLE_OF_REAL,
                        typed(FieldType.DOUBLE, ExpressionOperators.TRUNC, List.of(value)));
            default -> builder.call(ExpressionOperators.WHOLE_OR_NULL, value);
        };
    }

    /** The text where it is of the form, else an empty one, which reads as nothing. */
    private RexNode matched(RexNode text, String form, int group) {
        return builder.call(ExpressionOperators.REGEXP_EXTRACT, text, builder.literal(form), builder.literal(group));
    }
}
