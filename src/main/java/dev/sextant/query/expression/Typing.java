package dev.sextant.query.expression;

import dev.sextant.engine.FieldType;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.query.expression.Expression.Call;
import dev.sextant.query.expression.Expression.Cast;
import dev.sextant.query.expression.Expression.Literal;
import dev.sextant.query.expression.Expression.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Decides what operations make of which types. What is wrong is told as being at the operation. */
final class Typing {

    private static final int DECIMALS_MAX = 15;

    private final int position;

    /** @param position where the operation stands in the text */
    Typing(int position) {
        this.position = position;
    }

    static String named(FieldType type) {
        return switch (type) {
            case STRING -> "a string";
            case LONG, DECIMAL -> "a whole number";
            case DOUBLE -> "a double";
            case BOOLEAN -> "a condition";
            case TIMESTAMP -> "a timestamp";
            case JSON -> "json";
        };
    }

    static boolean isNumber(FieldType type) {
        return type == FieldType.LONG || type == FieldType.DOUBLE || type == FieldType.DECIMAL;
    }

    Expression call(Operation operation, List<Expression> operands) {
        if (operation.isFunction() && !operation.takes(operands.size())) {
            throw refusal(
                    Reason.INVALID_QUERY,
                    "%s takes %s, not %d".formatted(operation.name(), operation.arity(), operands.size()));
        }
        return switch (operation) {
            case ADD, SUBTRACT, MULTIPLY, REMAINDER, NEGATE, ABS -> arithmetic(operation, operands);
            case DIVIDE, LN, EXP, POWER, SQRT -> new Call(operation, numbers(operation, operands), FieldType.DOUBLE);
            case FLOOR, CEIL -> arithmetic(operation, operands);
            case ROUND -> round(operands);
            case EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, IN ->
                new Call(operation, comparable(operation, operands), FieldType.BOOLEAN);
            case IS_NULL -> new Call(operation, operands, FieldType.BOOLEAN);
            case AND, OR, NOT -> new Call(operation, all(FieldType.BOOLEAN, operation, operands), FieldType.BOOLEAN);
            case COALESCE, GREATEST, LEAST -> common(operation, operands);
            case LOWER, UPPER, TRIM, CONCAT ->
                new Call(operation, all(FieldType.STRING, operation, operands), FieldType.STRING);
            case SUBSTRING -> substring(operands);
            case LENGTH -> new Call(operation, all(FieldType.STRING, operation, operands), FieldType.LONG);
            case CONTAINS, STARTS_WITH ->
                new Call(operation, all(FieldType.STRING, operation, operands), FieldType.BOOLEAN);
            case EPOCH_MS -> new Call(operation, all(FieldType.TIMESTAMP, operation, operands), FieldType.LONG);
        };
    }

    private Call arithmetic(Operation operation, List<Expression> operands) {
        List<Expression> numbers = numbers(operation, operands);
        return new Call(operation, numbers, widest(numbers));
    }

    /** What is not declared is read as a double where a number is needed. */
    private List<Expression> numbers(Operation operation, List<Expression> operands) {
        List<Expression> numbers = new ArrayList<>();
        for (Expression operand : operands) {
            Expression number = isUntyped(operand) ? new Cast(operand, FieldType.DOUBLE) : operand;
            if (!isNumber(number.type())) {
                throw mismatch(operation, "numbers", operand.type());
            }
            numbers.add(number);
        }
        return numbers;
    }

    private static boolean isUntyped(Expression operand) {
        return operand instanceof Subject subject
                && subject.type() == FieldType.STRING
                && JsonPath.mayBe(subject.name());
    }

    private static FieldType widest(List<Expression> numbers) {
        List<FieldType> types = numbers.stream().map(Expression::type).toList();
        return Stream.of(FieldType.DOUBLE, FieldType.DECIMAL)
                .filter(types::contains)
                .findFirst()
                .orElse(FieldType.LONG);
    }

    private Call round(List<Expression> operands) {
        if (operands.size() == 1) {
            return arithmetic(Operation.ROUND, operands);
        }
        requireLiteral(Operation.ROUND, operands.getLast(), -DECIMALS_MAX, DECIMALS_MAX);
        List<Expression> number = numbers(Operation.ROUND, List.of(operands.getFirst()));
        if (number.getFirst().type() != FieldType.DOUBLE && !isNegative(operands.getLast())) {
            return arithmetic(Operation.ROUND, number); // a whole number has no decimals
        }
        return new Call(Operation.ROUND, List.of(number.getFirst(), operands.getLast()), FieldType.DOUBLE);
    }

    private static boolean isNegative(Expression literal) {
        return literal instanceof Literal constant && constant.value() instanceof Long whole && whole < 0;
    }

    private Call substring(List<Expression> operands) {
        all(FieldType.STRING, Operation.SUBSTRING, operands.subList(0, 1));
        requireLiteral(Operation.SUBSTRING, operands.get(1), 1, Integer.MAX_VALUE);
        if (operands.size() == 3) {
            requireLiteral(Operation.SUBSTRING, operands.getLast(), 0, Integer.MAX_VALUE);
        }
        return new Call(Operation.SUBSTRING, operands, FieldType.STRING);
    }

    private void requireLiteral(Operation operation, Expression operand, int min, int max) {
        boolean fits = operand instanceof Literal literal
                && literal.value() instanceof Long whole
                && whole >= min
                && whole <= max;
        if (!fits) {
            String most = max == Integer.MAX_VALUE ? "%d or more".formatted(min) : "from %d to %d".formatted(min, max);
            throw refusal(Reason.TYPE_MISMATCH, "%s needs a whole number here, %s".formatted(operation.name(), most));
        }
    }

    private List<Expression> all(FieldType type, Operation operation, List<Expression> operands) {
        for (Expression operand : operands) {
            if (operand.type() != type) {
                throw mismatch(operation, named(type).replaceFirst("^an? ", "") + "s", operand.type());
            }
        }
        return operands;
    }

    private List<Expression> comparable(Operation operation, List<Expression> operands) {
        List<Expression> alike = alike(operands);
        boolean ordered = operation != Operation.EQUAL && operation != Operation.IN;
        if (ordered && alike.getFirst().type() == FieldType.BOOLEAN) {
            throw mismatch(operation, "numbers, strings or timestamps", FieldType.BOOLEAN);
        }
        return alike;
    }

    private Call common(Operation operation, List<Expression> operands) {
        List<Expression> alike = alike(operands);
        if (operation != Operation.COALESCE && alike.getFirst().type() == FieldType.BOOLEAN) {
            throw mismatch(operation, "numbers, strings or timestamps", FieldType.BOOLEAN);
        }
        return new Call(operation, alike, typeOf(alike));
    }

    /** Values that stand for each other: all numbers, or all of one type. */
    List<Expression> alike(List<Expression> values) {
        boolean anyNumber = values.stream().anyMatch(value -> isNumber(value.type()));
        List<Expression> alike = new ArrayList<>();
        for (Expression value : values) {
            alike.add(anyNumber && isUntyped(value) ? new Cast(value, FieldType.DOUBLE) : value);
        }
        FieldType first = alike.stream()
                .map(Expression::type)
                .filter(type -> !anyNumber || isNumber(type))
                .findFirst()
                .orElseThrow();
        for (Expression value : alike) {
            FieldType type = value.type();
            if (anyNumber ? !isNumber(type) : type != first) {
                throw refusal(
                        Reason.TYPE_MISMATCH,
                        "%s and %s do not go together: CAST(… AS …) makes one of the other's type"
                                .formatted(named(first), named(type)));
            }
        }
        return alike;
    }

    /** Of values that are alike. */
    static FieldType typeOf(List<Expression> alike) {
        return isNumber(alike.getFirst().type())
                ? widest(alike)
                : alike.getFirst().type();
    }

    Expression cast(Expression value, FieldType to) {
        FieldType from = value.type();
        boolean possible = from == to
                || switch (to) {
                    case STRING -> from == FieldType.LONG || from == FieldType.BOOLEAN;
                    case LONG -> from == FieldType.STRING || isNumber(from);
                    case DOUBLE -> from == FieldType.STRING || isNumber(from);
                    case BOOLEAN, TIMESTAMP -> from == FieldType.STRING;
                    case JSON, DECIMAL -> false;
                };
        if (!possible) {
            throw refusal(
                    Reason.TYPE_MISMATCH,
                    "CAST makes no %s of %s".formatted(to.name().toLowerCase(Locale.ROOT), named(from)));
        }
        return from == to ? value : new Cast(value, to);
    }

    private ExpressionRefusal mismatch(Operation operation, String needed, FieldType given) {
        String name = operation.isFunction() ? operation.name() : operation.sign();
        return refusal(Reason.TYPE_MISMATCH, "%s needs %s, not %s".formatted(name, needed, named(given)));
    }

    private ExpressionRefusal refusal(Reason reason, String detail) {
        return ExpressionRefusal.at(position, reason, detail);
    }
}
