package dev.sextant.query.compile;

import java.util.List;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlBasicAggFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.apache.calcite.util.Optionality;
import org.jspecify.annotations.Nullable;

/** All operators and functions that a statement may use; {@link SqlExpressions} says what each comes to in the engine. */
final class SqlFunctions {

    /** Ours is a division of doubles. */
    private static final SqlOperator DIVIDE = new SqlBinaryOperator(
            "/", SqlKind.DIVIDE, 60, true, nullable(SqlTypeName.DOUBLE), null, OperandTypes.NUMERIC_NUMERIC);

    static final SqlFunction COALESCE = function(
            "COALESCE",
            ReturnTypes.LEAST_RESTRICTIVE.andThen(SqlTypeTransforms.LEAST_NULLABLE),
            OperandTypes.SAME_VARIADIC);
    static final SqlFunction NULLIF = function("NULLIF", ReturnTypes.ARG0_FORCE_NULLABLE, OperandTypes.SAME_SAME);
    static final SqlFunction DATE_TRUNC = function(
            "DATE_TRUNC",
            nullable(SqlTypeName.TIMESTAMP),
            OperandTypes.family(SqlTypeFamily.CHARACTER, SqlTypeFamily.DATETIME));
    static final SqlFunction DIFFERENCE =
            function("TIMESTAMPDIFF", ReturnTypes.INTEGER_NULLABLE, OperandTypes.VARIADIC);
    private static final SqlFunction LENGTH = function("LENGTH", nullable(SqlTypeName.BIGINT), OperandTypes.CHARACTER);
    private static final SqlFunction STARTS_WITH =
            function("STARTS_WITH", nullable(SqlTypeName.BOOLEAN), OperandTypes.STRING_STRING);
    private static final SqlFunction ENDS_WITH =
            function("ENDS_WITH", nullable(SqlTypeName.BOOLEAN), OperandTypes.STRING_STRING);
    private static final SqlFunction REPLACE =
            function("REPLACE", nullable(SqlTypeName.VARCHAR), OperandTypes.STRING_STRING_STRING);
    static final SqlAggFunction PERCENTILE_CONT = SqlBasicAggFunction.create(
                    "PERCENTILE_CONT",
                    SqlKind.PERCENTILE_CONT,
                    nullable(SqlTypeName.DOUBLE),
                    OperandTypes.UNIT_INTERVAL_NUMERIC_LITERAL)
            .withFunctionType(SqlFunctionCategory.SYSTEM)
            .withGroupOrder(Optionality.MANDATORY)
            .withPercentile(true);

    private static final List<SqlOperator> ALL = List.of(
            // comparing
            SqlStdOperatorTable.EQUALS,
            SqlStdOperatorTable.NOT_EQUALS,
            SqlStdOperatorTable.LESS_THAN,
            SqlStdOperatorTable.LESS_THAN_OR_EQUAL,
            SqlStdOperatorTable.GREATER_THAN,
            SqlStdOperatorTable.GREATER_THAN_OR_EQUAL,
            SqlStdOperatorTable.BETWEEN,
            SqlStdOperatorTable.NOT_BETWEEN,
            SqlStdOperatorTable.IN,
            SqlStdOperatorTable.NOT_IN,
            SqlStdOperatorTable.EXISTS,
            SqlStdOperatorTable.LIKE,
            SqlStdOperatorTable.NOT_LIKE,
            SqlStdOperatorTable.IS_NULL,
            SqlStdOperatorTable.IS_NOT_NULL,
            SqlStdOperatorTable.IS_TRUE,
            SqlStdOperatorTable.IS_NOT_TRUE,
            SqlStdOperatorTable.IS_FALSE,
            SqlStdOperatorTable.IS_NOT_FALSE,
            SqlStdOperatorTable.IS_DISTINCT_FROM,
            SqlStdOperatorTable.IS_NOT_DISTINCT_FROM,
            SqlStdOperatorTable.AND,
            SqlStdOperatorTable.OR,
            SqlStdOperatorTable.NOT,
            SqlStdOperatorTable.CASE,
            COALESCE,
            NULLIF,
            SqlStdOperatorTable.CAST,
            // numbers
            SqlStdOperatorTable.PLUS,
            SqlStdOperatorTable.MINUS,
            SqlStdOperatorTable.MULTIPLY,
            DIVIDE,
            SqlStdOperatorTable.PERCENT_REMAINDER,
            SqlStdOperatorTable.MOD,
            SqlStdOperatorTable.UNARY_MINUS,
            SqlStdOperatorTable.UNARY_PLUS,
            SqlStdOperatorTable.ABS,
            SqlStdOperatorTable.CEIL,
            SqlStdOperatorTable.FLOOR,
            SqlStdOperatorTable.ROUND,
            SqlStdOperatorTable.SQRT,
            SqlStdOperatorTable.POWER,
            SqlStdOperatorTable.LN,
            SqlStdOperatorTable.LOG10,
            SqlStdOperatorTable.EXP,
            SqlStdOperatorTable.SIGN,
            // texts
            SqlStdOperatorTable.CONCAT,
            SqlStdOperatorTable.UPPER,
            SqlStdOperatorTable.LOWER,
            SqlStdOperatorTable.CHAR_LENGTH,
            SqlStdOperatorTable.CHARACTER_LENGTH,
            LENGTH,
            SqlStdOperatorTable.SUBSTRING,
            SqlStdOperatorTable.TRIM,
            SqlStdOperatorTable.POSITION,
            REPLACE,
            STARTS_WITH,
            ENDS_WITH,
            SqlStdOperatorTable.JSON_VALUE,
            // time
            SqlStdOperatorTable.EXTRACT,
            SqlStdOperatorTable.YEAR,
            SqlStdOperatorTable.QUARTER,
            SqlStdOperatorTable.MONTH,
            SqlStdOperatorTable.DAYOFMONTH,
            SqlStdOperatorTable.DAYOFYEAR,
            SqlStdOperatorTable.HOUR,
            SqlStdOperatorTable.MINUTE,
            SqlStdOperatorTable.SECOND,
            DATE_TRUNC,
            SqlStdOperatorTable.TIMESTAMP_ADD,
            SqlStdOperatorTable.TIMESTAMP_DIFF,
            SqlStdOperatorTable.DATETIME_PLUS,
            SqlStdOperatorTable.INTERVAL,
            // aggregates and windows
            SqlStdOperatorTable.COUNT,
            SqlStdOperatorTable.SUM,
            SqlStdOperatorTable.AVG,
            SqlStdOperatorTable.MIN,
            SqlStdOperatorTable.MAX,
            SqlStdOperatorTable.APPROX_COUNT_DISTINCT,
            PERCENTILE_CONT,
            SqlStdOperatorTable.GROUPING,
            SqlStdOperatorTable.ROW_NUMBER,
            SqlStdOperatorTable.RANK,
            SqlStdOperatorTable.DENSE_RANK,
            SqlStdOperatorTable.LAG,
            SqlStdOperatorTable.LEAD,
            SqlStdOperatorTable.FIRST_VALUE,
            SqlStdOperatorTable.LAST_VALUE,
            SqlStdOperatorTable.OVER,
            SqlStdOperatorTable.FILTER,
            SqlStdOperatorTable.WITHIN_GROUP,
            SqlStdOperatorTable.ROLLUP,
            SqlStdOperatorTable.CUBE,
            SqlStdOperatorTable.GROUPING_SETS,
            // the statement itself
            SqlStdOperatorTable.AS,
            SqlStdOperatorTable.DESC,
            SqlStdOperatorTable.NULLS_FIRST,
            SqlStdOperatorTable.NULLS_LAST,
            SqlStdOperatorTable.ROW,
            SqlStdOperatorTable.VALUES,
            SqlStdOperatorTable.SCALAR_QUERY,
            SqlStdOperatorTable.UNION,
            SqlStdOperatorTable.UNION_ALL,
            SqlStdOperatorTable.INTERSECT,
            SqlStdOperatorTable.INTERSECT_ALL,
            SqlStdOperatorTable.EXCEPT,
            SqlStdOperatorTable.EXCEPT_ALL);

    static final SqlOperatorTable TABLE = new SqlOperatorTable() {
        @Override
        public void lookupOperatorOverloads(
                SqlIdentifier name,
                @Nullable SqlFunctionCategory category,
                SqlSyntax syntax,
                List<SqlOperator> found,
                SqlNameMatcher matcher) {
            if (name.isSimple()) {
                ALL.stream()
                        .filter(operator -> operator.getName().equalsIgnoreCase(name.getSimple()))
                        .filter(operator -> operator.getSyntax().family == syntax.family
                                || (syntax == SqlSyntax.FUNCTION && operator.getSyntax() == SqlSyntax.FUNCTION_STAR))
                        .forEach(found::add);
            }
        }

        @Override
        public List<SqlOperator> getOperatorList() {
            return ALL;
        }
    };

    private SqlFunctions() {}

    private static SqlFunction function(String name, SqlReturnTypeInference returns, SqlOperandTypeChecker operands) {
        return new SqlFunction(name, SqlKind.OTHER_FUNCTION, returns, null, operands, SqlFunctionCategory.SYSTEM);
    }

    private static SqlReturnTypeInference nullable(SqlTypeName type) {
        return ReturnTypes.explicit(type).andThen(SqlTypeTransforms.FORCE_NULLABLE);
    }
}
