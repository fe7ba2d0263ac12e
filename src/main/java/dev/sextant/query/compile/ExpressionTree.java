package dev.sextant.query.compile;

import dev.sextant.engine.FieldType;
import dev.sextant.query.expression.Expression;
import dev.sextant.query.expression.Expression.Call;
import dev.sextant.query.expression.Expression.Case;
import dev.sextant.query.expression.Expression.Cast;
import dev.sextant.query.expression.Expression.Extract;
import dev.sextant.query.expression.Expression.Literal;
import dev.sextant.query.expression.Expression.Subject;
import dev.sextant.query.expression.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.tools.RelBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Makes expressions of the engine of ours.
 *
 * <p>Whole numbers: what does not fit is missing, never wrapped. Doubles are those of IEEE 754 on the way; what comes of an
 * expression, and what is compared, is finite or missing. Conditions are met or not: an unknown is a no.
 */
final class ExpressionTree {

    private final RelBuilder builder;
    private final Parameters parameters;
    private final Function<String, RexNode> subjects;
    private final ArithmeticTree arithmetic;
    private final CastTree casts;

    /** @param subjects finds what the expression's subjects stand for */
    ExpressionTree(RelBuilder builder, Parameters parameters, Function<String, RexNode> subjects) {
        this.builder = builder;
        this.parameters = parameters;
        this.subjects = subjects;
        this.arithmetic = new ArithmeticTree(builder);
        this.casts = new CastTree(builder);
    }

    /** What comes of it: finite, or null. */
    RexNode value(Expression expression) {
        RexNode made = made(expression);
        return mayBeInfinite(expression) ? arithmetic.oneZero(arithmetic.finite(made)) : made;
    }

    /** Whether it is met; where it is not, false or null. */
    RexNode condition(Expression expression) {
        if (!(expression instanceof Call call)) {
            return isSet(expression);
        }
        List<Expression> parts = call.parts();
        return switch (call.operation()) {
            case AND -> flat(ExpressionOperators.BOTH, parts);
            case OR -> flat(ExpressionOperators.EITHER, parts);
            case NOT -> builder.call(Operators.IS_NOT_TRUE, condition(parts.getFirst()));
            case IS_NULL -> builder.call(ExpressionOperators.IS_NULL, made(parts.getFirst()));
            case EQUAL -> compared(Operators.EQUALS, parts);
            case LESS -> compared(Operators.LESS, parts);
            case LESS_OR_EQUAL -> compared(Operators.LESS_OR_EQUAL, parts);
            case GREATER -> compared(Operators.GREATER, parts);
            case GREATER_OR_EQUAL -> compared(Operators.GREATER_OR_EQUAL, parts);
            case IN -> compared(Operators.IN, parts);
            case CONTAINS -> builder.call(Operators.CONTAINS, all(parts));
            case STARTS_WITH -> builder.call(Operators.STARTS_WITH, all(parts));
            default -> isSet(expression);
        };
    }

    private RexNode isSet(Expression truth) {
        return builder.call(Operators.IS_SET, made(truth));
    }

    private RexNode flat(SqlOperator operator, List<Expression> parts) {
        return builder.call(operator, parts.stream().map(this::condition).toList());
    }

    private RexNode compared(SqlOperator operator, List<Expression> parts) {
        FieldType type = common(parts);
        List<RexNode> values = parts.stream()
                .map(part -> casts.widened(value(part), part.type(), type))
                .toList();
        return builder.call(Operators.comparing(operator, values.getFirst().getType()), values);
    }

    /** As {@code Typing} has it: a double where any is, or a whole number, or what they all are. */
    private static FieldType common(List<Expression> parts) {
        List<FieldType> types = parts.stream().map(Expression::type).toList();
        if (types.contains(FieldType.DOUBLE)) {
            return FieldType.DOUBLE;
        }
        return types.contains(FieldType.DECIMAL) ? FieldType.DECIMAL : types.getFirst();
    }

    private RexNode made(Expression expression) {
        return switch (expression) {
            case Literal literal -> casts.literal(parameters.add(literal.value()), literal.type());
            case Subject subject -> subjects.apply(subject.name());
            case Cast cast -> casts.cast(made(cast.value()), cast.value().type(), cast.type());
            case Extract extract -> arithmetic.extract(extract, made(extract.instant()));
            case Case cases -> cases(cases);
            case Call call
            when call.type() == FieldType.BOOLEAN && call.operation() != Operation.COALESCE ->
                builder.call(ExpressionOperators.IS_TRUE, condition(call));
            case Call call when call.operation() == Operation.SUBSTRING -> partOfText(call);
            case Call call -> arithmetic.call(call.operation(), operands(call), call.type());
        };
    }

    private RexNode partOfText(Call call) {
        List<RexNode> operands = operands(call);
        List<RexNode> ways = new ArrayList<>();
        ways.add(arithmetic.call(call.operation(), operands, call.type()));
        ways.add(operands.getFirst());
        Object from = place(call, 1);
        Object length = call.parts().size() == 3 ? place(call, 2) : (Object) (long) Integer.MAX_VALUE;
        if (from instanceof Long first && length instanceof Long most) {
            ways.add(builder.literal(part(first, most)));
        }
        return builder.call(Operators.PART_OF_TEXT, ways);
    }

    private static @Nullable Object place(Call call, int part) {
        return call.parts().get(part) instanceof Literal literal ? literal.value() : null;
    }

    /** A regular expression whose first group is so much of a text; both of Java and of RE2, but for how much is asked. */
    static String part(long from, long length) {
        return "^(?s:.{0,%d})((?s:.{0,%d}))".formatted(from - 1, length);
    }

    private List<RexNode> all(List<Expression> parts) {
        return parts.stream().map(this::made).toList();
    }

    /** Each in the type of the result, where that is what the operation computes in. */
    private List<RexNode> operands(Call call) {
        return switch (call.operation()) {
            case LENGTH, SUBSTRING, EPOCH_MS -> all(call.parts());
            case ROUND -> {
                List<RexNode> operands = new ArrayList<>(all(call.parts()));
                operands.set(
                        0,
                        casts.widened(
                                operands.getFirst(), call.parts().getFirst().type(), call.type()));
                yield operands;
            }
            default ->
                call.parts().stream()
                        .map(part -> casts.widened(made(part), part.type(), call.type()))
                        .toList();
        };
    }

    private RexNode cases(Case cases) {
        List<RexNode> parts = new ArrayList<>();
        for (int i = 0; i < cases.parts().size(); i++) {
            Expression part = cases.parts().get(i);
            boolean condition = i % 2 == 0 && i + 1 < cases.parts().size();
            parts.add(condition ? condition(part) : casts.widened(made(part), part.type(), cases.type()));
        }
        return casts.typed(cases.type(), ExpressionOperators.CASE_WHEN, parts);
    }

    private static boolean mayBeInfinite(Expression expression) {
        boolean bare = switch (expression) {
            case Literal _, Subject _, Extract _ -> true;
            case Cast cast -> cast.value().type() != FieldType.STRING;
            case Call _, Case _ -> false;
        };
        return expression.type() == FieldType.DOUBLE && !bare;
    }
}
