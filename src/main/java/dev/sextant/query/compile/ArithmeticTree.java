package dev.sextant.query.compile;

import dev.sextant.engine.FieldType;
import dev.sextant.query.expression.Expression.Extract;
import dev.sextant.query.expression.Expression.Part;
import dev.sextant.query.expression.Operation;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.tools.RelBuilder;

/** Makes the operations of expressions that compute, over operands that have their types. */
final class ArithmeticTree {

    private final RelBuilder builder;
    private final CastTree casts;

    ArithmeticTree(RelBuilder builder) {
        this.builder = builder;
        this.casts = new CastTree(builder);
    }

    RexNode call(Operation operation, List<RexNode> operands, FieldType type) {
        RexNode first = operands.getFirst();
        return switch (operation) {
            case ADD -> whole(type, ExpressionOperators.PLUS, operands);
            case SUBTRACT -> whole(type, ExpressionOperators.DIFFERENCE, operands);
            case MULTIPLY -> whole(type, ExpressionOperators.PRODUCT, operands);
            case NEGATE -> whole(type, ExpressionOperators.NEGATION, operands);
            case ABS -> whole(type, ExpressionOperators.ABSOLUTE, operands);
            case DIVIDE -> unlessZero(operands.getLast(), make(type, ExpressionOperators.QUOTIENT, operands), type);
            case REMAINDER ->
                unlessZero(
                        operands.getLast(),
                        type == FieldType.DOUBLE
                                ? make(type, ExpressionOperators.REAL_REMAINDER, operands)
                                : whole(type, ExpressionOperators.REMAINDER, operands),
                        type);
            case FLOOR -> rounded(ExpressionOperators.FLOOR, first, type);
            case CEIL -> rounded(ExpressionOperators.CEIL, first, type);
            case ROUND -> operands.size() == 1 ? rounded(ExpressionOperators.ROUND, first, type) : round(operands);
            case LN -> finite(make(type, ExpressionOperators.LN, operands));
            case EXP -> make(type, ExpressionOperators.EXP, operands);
            case POWER -> finite(make(type, ExpressionOperators.POWER, operands));
            case SQRT -> finite(make(type, ExpressionOperators.SQRT, operands));
            case COALESCE -> make(type, ExpressionOperators.COALESCE, operands);
            case GREATEST ->
                make(
                        type,
                        type == FieldType.STRING ? Operators.TEXT_GREATEST : ExpressionOperators.GREATEST_OF,
                        operands);
            case LEAST ->
                make(type, type == FieldType.STRING ? Operators.TEXT_LEAST : ExpressionOperators.LEAST_OF, operands);
            case LOWER -> make(type, ExpressionOperators.LOWER, operands);
            case UPPER -> make(type, ExpressionOperators.UPPER, operands);
            case TRIM -> make(type, ExpressionOperators.TRIM, List.of(first, builder.literal(" ")));
            case SUBSTRING -> make(type, ExpressionOperators.SUBSTRING, operands);
            case LENGTH -> make(type, ExpressionOperators.LENGTH, operands);
            case CONCAT ->
                operands.stream()
                        .reduce((one, other) -> make(type, ExpressionOperators.JOINED, List.of(one, other)))
                        .orElseThrow();
            case EPOCH_MS -> make(type, ExpressionOperators.EPOCH_MS, List.of(downToMillis(first)));
            case EQUAL,
                    LESS,
                    LESS_OR_EQUAL,
                    GREATER,
                    GREATER_OR_EQUAL,
                    IN,
                    IS_NULL,
                    AND,
                    OR,
                    NOT,
                    CONTAINS,
                    STARTS_WITH -> throw new IllegalArgumentException("Is a condition");
        };
    }

    private RexNode make(FieldType type, SqlOperator operator, List<RexNode> operands) {
        return casts.typed(type, operator, operands);
    }

    /** Missing where a whole number does not fit. */
    private RexNode whole(FieldType type, SqlOperator operator, List<RexNode> operands) {
        RexNode made = make(type, operator, operands);
        return switch (type) {
            case DOUBLE -> made;
            case DECIMAL -> make(type, ExpressionOperators.LARGE_TRY, List.of(made));
            default -> make(type, ExpressionOperators.TRY, List.of(made));
        };
    }

    private RexNode unlessZero(RexNode divisor, RexNode made, FieldType type) {
        RexNode notZero = builder.call(ExpressionOperators.NOT_EQUALS, divisor, builder.literal(0));
        return make(type, ExpressionOperators.CASE_WHEN, List.of(notZero, made));
    }

    /** Null where a double is none of the real numbers. */
    RexNode finite(RexNode number) {
        RexNode isFinite = builder.call(ExpressionOperators.ISFINITE, number);
        return make(FieldType.DOUBLE, ExpressionOperators.CASE_WHEN, List.of(isFinite, number));
    }

    /** The same; and of the two zeros, the one that is not negative. */
    RexNode oneZero(RexNode number) {
        RexNode made = make(FieldType.DOUBLE, ExpressionOperators.PLUS, List.of(number, builder.literal(0)));
        return make(FieldType.DOUBLE, ExpressionOperators.ONE_ZERO, List.of(made, number));
    }

    private RexNode rounded(SqlOperator operator, RexNode number, FieldType type) {
        return type == FieldType.DOUBLE ? make(type, operator, List.of(number)) : number;
    }

    private RexNode round(List<RexNode> operands) {
        RexNode decimals = builder.call(ExpressionOperators.SMALL_WHOLE, operands.getLast());
        return make(FieldType.DOUBLE, ExpressionOperators.ROUND, List.of(operands.getFirst(), decimals));
    }

    /** The engine rounds to the nearest, which may lie in the next second. */
    private RexNode downToMillis(RexNode instant) {
        return make(
                FieldType.TIMESTAMP, ExpressionOperators.DATE_TRUNC, List.of(builder.literal("milliseconds"), instant));
    }

    RexNode extract(Extract extract, RexNode instant) {
        RexNode utc = builder.call(Operators.TIMEZONE, builder.literal("UTC"), instant);
        RexNode local = extract.zone().getId().equals("Z")
                ? instant
                : builder.call(
                        Operators.TIMEZONE, builder.literal(extract.zone().getId()), utc);
        RexNode part = make(
                FieldType.LONG, ExpressionOperators.DATE_PART, List.of(builder.literal(part(extract.part())), local));
        return make(
                FieldType.LONG,
                ExpressionOperators.PART_OF_TIME,
                List.of(part, instant, builder.literal(shortPart(extract.part())), builder.literal(zone(extract))));
    }

    private static String part(Part part) {
        return switch (part) {
            case DAY_OF_WEEK -> "isodow";
            case DAY_OF_YEAR -> "doy";
            case YEAR, QUARTER, MONTH, WEEK, DAY, HOUR, MINUTE, SECOND ->
                part.name().toLowerCase(Locale.ROOT);
        };
    }

    private static String shortPart(Part part) {
        return switch (part) {
            case DAY_OF_WEEK -> "DOW";
            case DAY_OF_YEAR -> "DOY";
            case YEAR, QUARTER, MONTH, WEEK, DAY, HOUR, MINUTE, SECOND -> part.name();
        };
    }

    private static String zone(Extract extract) {
        return extract.zone().getId().equals("Z") ? "UTC" : extract.zone().getId();
    }
}
