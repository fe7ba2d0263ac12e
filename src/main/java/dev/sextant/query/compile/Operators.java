package dev.sextant.query.compile;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlPostfixOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.util.Optionality;

/**
 * The operators and functions that our trees are made of. They are opaque to Calcite, which neither simplifies nor casts
 * them: what the tree says is what the engine is asked. Predicates call themselves never null, because wherever they
 * stand an unknown is as good as a no: see {@link FilterTree}.
 */
final class Operators {

    static final SqlOperator EQUALS = predicate("=", 30);
    static final SqlOperator GREATER = predicate(">", 30);
    static final SqlOperator GREATER_OR_EQUAL = predicate(">=", 30);
    static final SqlOperator LESS = predicate("<", 30);
    static final SqlOperator LESS_OR_EQUAL = predicate("<=", 30);

    /** Those of texts, which are ordered by code points. */
    static final SqlOperator TEXT_GREATER = predicate(">", 30);

    static final SqlOperator TEXT_GREATER_OR_EQUAL = predicate(">=", 30);
    static final SqlOperator TEXT_LESS = predicate("<", 30);
    static final SqlOperator TEXT_LESS_OR_EQUAL = predicate("<=", 30);

    static final SqlOperator MINUS =
            new SqlBinaryOperator("-", SqlKind.OTHER, 40, true, ReturnTypes.ARG0_NULLABLE, null, OperandTypes.VARIADIC);
    static final SqlOperator PLUS =
            new SqlBinaryOperator("+", SqlKind.OTHER, 40, true, ReturnTypes.ARG0_NULLABLE, null, OperandTypes.VARIADIC);
    static final SqlOperator TIMES =
            new SqlBinaryOperator("*", SqlKind.OTHER, 60, true, ReturnTypes.ARG0_NULLABLE, null, OperandTypes.VARIADIC);
    static final SqlOperator DIVIDED_BY = new SqlBinaryOperator(
            "/", SqlKind.OTHER, 60, true, nullable(SqlTypeName.DOUBLE), null, OperandTypes.VARIADIC);

    /** Makes an unknown a no, and negates: the exact complement. It binds tight, so that its operand stands in brackets. */
    static final SqlOperator IS_NOT_TRUE =
            new SqlPostfixOperator("IS NOT TRUE", SqlKind.OTHER, 100, ReturnTypes.BOOLEAN, null, OperandTypes.VARIADIC);

    /** Calcite's own would be folded where the column is never null, and an empty input has no types to print. */
    static final SqlOperator IS_NULL = presence("IS NULL");

    static final SqlOperator IS_NOT_NULL = presence("IS NOT NULL");

    static final SqlOperator IN = new InList();
    static final SqlOperator CONTAINS = function("CONTAINS", ReturnTypes.BOOLEAN);
    static final SqlOperator STARTS_WITH = function("STARTS_WITH", ReturnTypes.BOOLEAN);
    static final SqlOperator REGEXP_MATCHES = function("REGEXP_MATCHES", ReturnTypes.BOOLEAN);

    /** A truth as a condition, where the two are not the same. */
    static final SqlOperator IS_SET = new Either("IS_SET", ReturnTypes.BOOLEAN);

    /** A condition as a truth. */
    static final SqlOperator AS_VALUE = new Either("AS_VALUE", ReturnTypes.BOOLEAN);

    /** What texts are ordered by, where they are not ordered by code points. */
    static final SqlOperator BY_CODE_POINTS = new Either("BY_CODE_POINTS", ReturnTypes.ARG0);

    static final SqlOperator JSON_EXTRACT_STRING = function("JSON_EXTRACT_STRING", nullable(SqlTypeName.VARCHAR));

    /** The same; then the JSON and the path in the other dialect. */
    static final SqlOperator JSON_TEXT_AT = new Either("JSON_TEXT_AT", ReturnTypes.ARG0_FORCE_NULLABLE);

    static final SqlOperator JSON_TYPE = function("JSON_TYPE", nullable(SqlTypeName.VARCHAR));
    static final SqlOperator JSON_MERGE_PATCH = function("JSON_MERGE_PATCH", ReturnTypes.ARG0_FORCE_NULLABLE);
    static final SqlOperator SHA256 = function("SHA256", nullable(SqlTypeName.VARCHAR));

    /** A part of a text; the text; and, where its places are given, a pattern of which the part is the first group. */
    static final SqlOperator PART_OF_TEXT = new Either("PART_OF_TEXT", ReturnTypes.ARG0_FORCE_NULLABLE);

    static final SqlOperator NULLIF = function("NULLIF", ReturnTypes.ARG0_FORCE_NULLABLE);
    static final SqlOperator TIMEZONE = function("TIMEZONE", nullable(SqlTypeName.TIMESTAMP));
    static final SqlOperator DATE_TRUNC = function("DATE_TRUNC", nullable(SqlTypeName.TIMESTAMP));
    static final SqlOperator TIME_BUCKET = function("TIME_BUCKET", nullable(SqlTypeName.TIMESTAMP));
    static final SqlOperator TO_SECONDS = function("TO_SECONDS", nullable(SqlTypeName.ANY));
    static final SqlOperator TO_DAYS = function("TO_DAYS", nullable(SqlTypeName.ANY));
    static final SqlOperator TO_MONTHS = function("TO_MONTHS", nullable(SqlTypeName.ANY));

    /** A time later by months; the time, and how many. */
    static final SqlOperator MONTHS_LATER = new Either("MONTHS_LATER", ReturnTypes.ARG0_FORCE_NULLABLE);

    /** Whether a moment of the engine's own, in milliseconds, is not before an instant, or half a moment so. */
    static final SqlOperator NOT_BEFORE = function("NOT_BEFORE", ReturnTypes.BOOLEAN);

    static final SqlOperator NOT_AFTER = function("NOT_AFTER", ReturnTypes.BOOLEAN);
    static final SqlOperator TO_MICROSECONDS = function("TO_MICROSECONDS", nullable(SqlTypeName.ANY));
    static final SqlOperator GREATEST = function("GREATEST", ReturnTypes.ARG0);
    static final SqlOperator LEAST = function("LEAST", ReturnTypes.ARG0);
    static final SqlOperator TEXT_GREATEST = function("GREATEST", ReturnTypes.ARG0);
    static final SqlOperator TEXT_LEAST = function("LEAST", ReturnTypes.ARG0);
    static final SqlOperator ABS = function("ABS", ReturnTypes.ARG0);
    static final SqlOperator RANGE = function("RANGE", nullable(SqlTypeName.ANY));
    static final SqlOperator LIST_APPEND = function("LIST_APPEND", nullable(SqlTypeName.ANY));
    static final SqlOperator UNNEST = function("UNNEST", nullable(SqlTypeName.TIMESTAMP));

    static final SqlOperator INSTANT = new Cast("CAST", "TIMESTAMP", SqlTypeName.TIMESTAMP);
    static final SqlOperator JSON_TEXT = new Cast("CAST", "VARCHAR", SqlTypeName.VARCHAR);
    static final SqlOperator TEXT = new Cast("CAST", "VARCHAR", SqlTypeName.VARCHAR);
    static final SqlOperator NUMBER = new Cast("CAST", "DOUBLE", SqlTypeName.DOUBLE);
    static final SqlOperator NUMBER_OR_NULL = new Cast("TRY_CAST", "DOUBLE", SqlTypeName.DOUBLE);

    static final SqlAggFunction APPROX_COUNT_DISTINCT = aggregate("APPROX_COUNT_DISTINCT", SqlTypeName.BIGINT);
    static final SqlAggFunction WHOLE_SUM = aggregate("SUM", SqlTypeName.BIGINT);
    static final SqlAggFunction WHOLE_AVERAGE = aggregate("AVG", SqlTypeName.DOUBLE);
    static final SqlAggFunction TEXT_MIN = aggregate("MIN", SqlTypeName.VARCHAR);
    static final SqlAggFunction TEXT_MAX = aggregate("MAX", SqlTypeName.VARCHAR);

    private Operators() {}

    private static SqlOperator predicate(String sign, int precedence) {
        return new SqlBinaryOperator(
                sign, SqlKind.OTHER, precedence, true, ReturnTypes.BOOLEAN, null, OperandTypes.VARIADIC);
    }

    /** The operator that compares so what has this type. */
    static SqlOperator comparing(SqlOperator operator, RelDataType type) {
        if (type.getSqlTypeName() != SqlTypeName.VARCHAR) {
            return operator;
        }
        return switch (operator.getName()) {
            case ">" -> TEXT_GREATER;
            case ">=" -> TEXT_GREATER_OR_EQUAL;
            case "<" -> TEXT_LESS;
            case "<=" -> TEXT_LESS_OR_EQUAL;
            default -> operator;
        };
    }

    private static SqlOperator presence(String words) {
        return new SqlPostfixOperator(words, SqlKind.OTHER, 28, ReturnTypes.BOOLEAN, null, OperandTypes.VARIADIC);
    }

    private static SqlOperator function(String name, SqlReturnTypeInference returns) {
        return new SqlFunction(
                name,
                SqlKind.OTHER_FUNCTION,
                returns,
                null,
                OperandTypes.VARIADIC,
                SqlFunctionCategory.USER_DEFINED_FUNCTION);
    }

    private static SqlReturnTypeInference nullable(SqlTypeName type) {
        return ReturnTypes.explicit(type).andThen(SqlTypeTransforms.FORCE_NULLABLE);
    }

    private static SqlAggFunction aggregate(String name, SqlTypeName type) {
        return new Aggregate(name, nullable(type));
    }

    private static final class Aggregate extends SqlAggFunction {
        Aggregate(String name, SqlReturnTypeInference returns) {
            super(
                    name,
                    null,
                    SqlKind.OTHER_FUNCTION,
                    returns,
                    null,
                    OperandTypes.VARIADIC,
                    SqlFunctionCategory.USER_DEFINED_FUNCTION,
                    false,
                    false,
                    Optionality.FORBIDDEN);
        }
    }

    /** {@code first IN (second, third, …)}. */
    private static final class InList extends SqlSpecialOperator {
        InList() {
            super("IN", SqlKind.OTHER, 32, true, ReturnTypes.BOOLEAN, null, OperandTypes.VARIADIC);
        }

        @Override
        public void unparse(SqlWriter writer, SqlCall call, int leftPrecedence, int rightPrecedence) {
            call.operand(0).unparse(writer, leftPrecedence, getLeftPrec());
            writer.keyword("IN");
            SqlWriter.Frame frame = writer.startList("(", ")");
            for (int i = 1; i < call.operandCount(); i++) {
                writer.sep(",");
                call.operand(i).unparse(writer, 0, 0);
            }
            writer.endList(frame);
        }
    }

    static final class Cast extends SqlSpecialOperator {
        private final String target;

        Cast(String keyword, String target, SqlTypeName type) {
            super(keyword, SqlKind.OTHER, 100, true, nullable(type), null, OperandTypes.VARIADIC);
            this.target = target;
        }

        @Override
        public void unparse(SqlWriter writer, SqlCall call, int leftPrecedence, int rightPrecedence) {
            SqlWriter.Frame frame = writer.startFunCall(getName());
            call.operand(0).unparse(writer, 0, 0);
            writer.keyword("AS " + target);
            writer.endFunCall(frame);
        }
    }
}
