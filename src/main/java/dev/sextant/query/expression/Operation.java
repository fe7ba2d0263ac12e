package dev.sextant.query.expression;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What expressions compute. A missing operand makes a missing result, but for {@code COALESCE}, {@code GREATEST},
 * {@code LEAST} (which pass over it), {@code IS_NULL}, and conditions, which are met or not: a comparison with a value that
 * is missing is not, and {@code NOT} is the exact complement.
 */
public enum Operation {
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    /** In doubles; by zero it is missing. */
    DIVIDE("/"),
    /** Has the sign of the dividend; by zero it is missing. */
    REMAINDER("%"),
    NEGATE("-"),
    EQUAL("="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    /** Whether the first operand equals one of the others. */
    IN("IN"),
    IS_NULL("IS NULL"),
    AND("AND"),
    OR("OR"),
    NOT("NOT"),
    COALESCE(1, 20),
    GREATEST(1, 20),
    LEAST(1, 20),
    ABS(1, 1),
    /** Half away from zero; the second operand, a literal, says how many decimals. */
    ROUND(1, 2),
    FLOOR(1, 1),
    CEIL(1, 1),
    LN(1, 1),
    EXP(1, 1),
    POWER(2, 2),
    SQRT(1, 1),
    LOWER(1, 1),
    UPPER(1, 1),
    /** Without the spaces (U+0020) at both ends. */
    TRIM(1, 1),
    /** Of code points, the first being 1; from and length are literals. */
    SUBSTRING(2, 3),
    /** In code points. */
    LENGTH(1, 1),
    CONCAT(1, 20),
    CONTAINS(2, 2),
    STARTS_WITH(2, 2),
    /** Milliseconds since 1970. */
    EPOCH_MS(1, 1);

    private static final Map<String, Operation> FUNCTIONS = Arrays.stream(values())
            .filter(Operation::isFunction)
            .collect(Collectors.toUnmodifiableMap(Operation::name, Function.identity()));

    private final String sign;
    private final int operandsMin;
    private final int operandsMax;

    Operation(String sign) {
        this.sign = sign;
        this.operandsMin = 0;
        this.operandsMax = 0;
    }

    Operation(int operandsMin, int operandsMax) {
        this.sign = "";
        this.operandsMin = operandsMin;
        this.operandsMax = operandsMax;
    }

    String sign() {
        return sign;
    }

    boolean isFunction() {
        return sign.isEmpty();
    }

    /** The functions by their names, which may be written in any case. */
    static Map<String, Operation> functions() {
        return FUNCTIONS;
    }

    boolean takes(int operands) {
        return operands >= operandsMin && operands <= operandsMax;
    }

    String arity() {
        if (operandsMin == operandsMax) {
            return "%d argument%s".formatted(operandsMin, operandsMin == 1 ? "" : "s");
        }
        return String.format(Locale.ROOT, "%d to %d arguments", operandsMin, operandsMax);
    }

    /** Whether it compares numbers, texts or instants. */
    public boolean compares() {
        return switch (this) {
            case EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, IN -> true;
            default -> false;
        };
    }

    /** Whether an operand stands twice in what is made of it, to keep out what is no number. */
    boolean isGuarded() {
        return switch (this) {
            case DIVIDE, REMAINDER, LN, SQRT, POWER -> true;
            default -> compares();
        };
    }
}
