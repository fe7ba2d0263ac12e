package dev.sextant.query.compile;

import static dev.sextant.query.compile.Phrase.refusal;
import static dev.sextant.query.compile.Phrase.refused;
import static dev.sextant.query.compile.Phrase.words;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.jspecify.annotations.Nullable;

/** In what words Druid is asked for numbers. Its whole numbers wrap, and what it cannot cast it makes the best of. */
@SuppressWarnings("ReferenceEquality") // operators that DuckDB spells alike are equal
final class DruidNumbers {

    /** Each of them stands three times in what comes of it. */
    private static final int NESTED_MAX = 6;

    private static final String IS_FINITE = "ABS({0}) <= 1.7976931348623157E308";

    private DruidNumbers() {}

    static void addTo(Map<SqlOperator, Phrase> phrases) {
        addCasts(phrases);
        phrases.put(Operators.DIVIDED_BY, words("SAFE_DIVIDE({0}, {1})"));
        phrases.put(ExpressionOperators.QUOTIENT, words("SAFE_DIVIDE({0}, {1})"));
        phrases.put(ExpressionOperators.REMAINDER, words("MOD({0}, NULLIF({1}, 0))"));
        phrases.put(ExpressionOperators.REAL_REMAINDER, refused("% of doubles", "CAST both sides to long"));
        phrases.put(ExpressionOperators.ISFINITE, words("(" + IS_FINITE + ")"));
        phrases.put(ExpressionOperators.ONE_ZERO, words("(CASE WHEN {1} = 0 THEN 0E0 ELSE {1} END)"));
        phrases.put(ExpressionOperators.TRUNC, words("(CASE WHEN {0} >= 0 THEN FLOOR({0}) ELSE CEIL({0}) END)"));
        phrases.put(ExpressionOperators.POWER, words("POWER({0}, {1})"));
        phrases.put(ExpressionOperators.ROUND, DruidNumbers::round);
        phrases.put(
                ExpressionOperators.WHOLE_BIN,
                words("(CASE WHEN {1} - %1$s <= {1} THEN {1} - %1$s END)"
                        .formatted("MOD(MOD({1}, {2}) - MOD({3}, {2}) + 2 * {2}, {2})")));
        phrases.put(ExpressionOperators.TRY, DruidNumbers::unlessItWraps);
        phrases.put(ExpressionOperators.LARGE_TRY, DruidNumbers::failingWhereItWraps);
    }

    private static void addCasts(Map<SqlOperator, Phrase> phrases) {
        phrases.put(Operators.INSTANT, words("CAST({0} AS BIGINT)"));
        phrases.put(ExpressionOperators.INSTANT, words("CAST({0} AS BIGINT)"));
        phrases.put(ExpressionOperators.TRUTH, words("CAST({0} AS BIGINT)"));
        phrases.put(ExpressionOperators.TRUTH_OR_NULL, words("(CASE {0} WHEN 'true' THEN 1 WHEN 'false' THEN 0 END)"));
        phrases.put(ExpressionOperators.LARGE_WHOLE, words("CAST({0} AS BIGINT)"));
        phrases.put(ExpressionOperators.WHOLE_OR_NULL, words("CAST({0} AS BIGINT)"));
        phrases.put(
                ExpressionOperators.WHOLE_OF_TEXT,
                words("(CASE WHEN ABS(CAST({0} AS DOUBLE)) < 9.2E18 OR CAST(CAST({0} AS BIGINT) AS VARCHAR) = {0} "
                        + "THEN CAST({0} AS BIGINT) END)"));
        phrases.put(
                ExpressionOperators.WHOLE_OF_REAL,
                words("(CASE WHEN {0} >= -9.223372036854775808E18 AND {0} < 9.223372036854775808E18 "
                        + "THEN CAST({0} AS BIGINT) END)"));
        phrases.put(Operators.NUMBER_OR_NULL, words("CAST({0} AS DOUBLE)"));
        phrases.put(ExpressionOperators.TEXT_OF_TRUTH, words("(CASE {0} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END)"));
    }

    /** It makes 0 of what is no number, and the greatest double of what is infinite. */
    private static void round(SqlWriter writer, List<SqlNode> operands) {
        String rounded = operands.size() == 1 ? "ROUND({0})" : "ROUND({0}, {1})";
        words("(CASE WHEN " + IS_FINITE + " THEN " + rounded + " ELSE {0} END)").print(writer, operands);
    }

    /** Null where a whole number does not fit. */
    private static void unlessItWraps(SqlWriter writer, List<SqlNode> operands) {
        SqlCall made = checked(operands);
        String wraps = wraps(made.getOperator());
        String text = text(made.getOperator());
        words(wraps == null ? text : "(CASE WHEN NOT (%s) THEN %s END)".formatted(wraps, text))
                .print(writer, made);
    }

    /** What is exact however large it is, here up to 64 bits: beyond, the statement fails in dividing by zero. */
    private static void failingWhereItWraps(SqlWriter writer, List<SqlNode> operands) {
        SqlCall made = checked(operands);
        String wraps = wraps(made.getOperator());
        String text = text(made.getOperator());
        words(wraps == null ? text : "(%s / CASE WHEN %s THEN 0 ELSE 1 END)".formatted(text, wraps))
                .print(writer, made);
    }

    private static SqlCall checked(List<SqlNode> operands) {
        if (depth(operands.getFirst()) >= NESTED_MAX) {
            throw refusal("So many operations on whole numbers, one within the other,", "CAST to double");
        }
        return (SqlCall) operands.getFirst();
    }

    private static int depth(@Nullable SqlNode node) {
        if (!(node instanceof SqlCall call)) {
            return 0;
        }
        boolean counts =
                call.getOperator() == ExpressionOperators.TRY || call.getOperator() == ExpressionOperators.LARGE_TRY;
        int inner = call.getOperandList().stream()
                .mapToInt(DruidNumbers::depth)
                .max()
                .orElse(0);
        return inner + (counts ? 1 : 0);
    }

    private static String text(SqlOperator operator) {
        return switch (operator.getName()) {
            case "%" -> "MOD({0}, NULLIF({1}, 0))";
            case "ABS" -> "ABS({0})";
            default -> sign(operator) == null ? "(0 - {0})" : "({0} " + operator.getName() + " {1})";
        };
    }

    /** Where a whole number wraps, it is 2^64 from what doubles say. Null for what never does. */
    private static @Nullable String wraps(SqlOperator operator) {
        String sign = sign(operator);
        if (sign != null) {
            return "ABS((CAST({0} AS DOUBLE) %1$s CAST({1} AS DOUBLE)) - CAST(({0} %1$s {1}) AS DOUBLE)) >= 1E18"
                    .formatted(sign);
        }
        return operator.getName().equals("%") ? null : "ABS({0}) < 0";
    }

    private static @Nullable String sign(SqlOperator operator) {
        boolean isBinary = operator == ExpressionOperators.PLUS
                || operator == ExpressionOperators.DIFFERENCE
                || operator == ExpressionOperators.PRODUCT;
        return isBinary ? Objects.requireNonNull(operator.getName()) : null;
    }
}
