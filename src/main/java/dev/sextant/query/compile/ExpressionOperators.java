package dev.sextant.query.compile;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * What expressions are made of, opaque to Calcite as {@link Operators} are. Those with signs stand in brackets always: no
 * precedence has to be right. Their types are given where they are called.
 */
final class ExpressionOperators {

    static final SqlOperator PLUS = new Infix("+");
    static final SqlOperator DIFFERENCE = new Infix("-");
    static final SqlOperator PRODUCT = new Infix("*");
    static final SqlOperator QUOTIENT = new Infix("/");
    static final SqlOperator REMAINDER = new Infix("%");
    /** The same of doubles. */
    static final SqlOperator REAL_REMAINDER = new Infix("%");

    static final SqlOperator JOINED = new Infix("||");
    static final SqlOperator NOT_EQUALS = new Infix("<>");
    static final SqlOperator BOTH = new Infix("AND");
    static final SqlOperator EITHER = new Infix("OR");
    static final SqlOperator IS_TRUE = new Postfix("IS TRUE");
    static final SqlOperator IS_NULL = new Postfix("IS NULL");
    static final SqlOperator CASE_WHEN = new CaseWhen();

    /** Null where its operand fails. */
    static final SqlOperator TRY = function("TRY");

    /** The same of what is exact however large it is. */
    static final SqlOperator LARGE_TRY = function("TRY");

    static final SqlOperator NEGATION = new Prefix("-");
    static final SqlOperator ABSOLUTE = function("ABS");

    /** Of the two zeros the one that is not negative; the number itself is given, too. */
    static final SqlOperator ONE_ZERO = new Either("ONE_ZERO", ReturnTypes.ARG0);

    static final SqlOperator ISFINITE = predicate("ISFINITE");
    static final SqlOperator FLOOR = function("FLOOR");
    static final SqlOperator CEIL = function("CEIL");
    static final SqlOperator ROUND = function("ROUND");
    static final SqlOperator TRUNC = function("TRUNC");
    static final SqlOperator LN = function("LN");
    static final SqlOperator EXP = function("EXP");
    static final SqlOperator POWER = function("POW");
    static final SqlOperator SQRT = function("SQRT");
    static final SqlOperator COALESCE = function("COALESCE");
    static final SqlOperator GREATEST_OF = function("GREATEST");
    static final SqlOperator LEAST_OF = function("LEAST");
    static final SqlOperator LOWER = function("LOWER");
    static final SqlOperator UPPER = function("UPPER");

    /** The same of letters from A to Z alone. */
    static final SqlOperator UPPER_ASCII = function("UPPER");

    static final SqlOperator TRIM = function("TRIM");
    static final SqlOperator SUBSTRING = function("SUBSTR");
    static final SqlOperator LENGTH = function("LENGTH");
    static final SqlOperator EPOCH_MS = function("EPOCH_MS");
    static final SqlOperator DATE_TRUNC = function("DATE_TRUNC");
    static final SqlOperator DATE_PART = function("DATE_PART");

    /** A part of a time; the time, the part and the zone in the other dialect. */
    static final SqlOperator PART_OF_TIME = new Either("PART_OF_TIME", ReturnTypes.ARG0);

    static final SqlOperator REGEXP_EXTRACT = function("REGEXP_EXTRACT");

    static final SqlOperator WHOLE = new Operators.Cast("CAST", "BIGINT", SqlTypeName.BIGINT);
    static final SqlOperator WHOLE_OR_NULL = new Operators.Cast("TRY_CAST", "BIGINT", SqlTypeName.BIGINT);

    /** The same of a text that is that of a whole number, and of a whole double. */
    static final SqlOperator WHOLE_OF_TEXT = new Operators.Cast("TRY_CAST", "BIGINT", SqlTypeName.BIGINT);

    static final SqlOperator WHOLE_OF_REAL = new Operators.Cast("TRY_CAST", "BIGINT", SqlTypeName.BIGINT);

    /** The lower edge of a bin of whole numbers; the number, the width of bins and the edge of one. */
    static final SqlOperator WHOLE_BIN = new Either("WHOLE_BIN", ReturnTypes.ARG0);

    static final SqlOperator TEXT_OF_TRUTH = new Operators.Cast("CAST", "VARCHAR", SqlTypeName.VARCHAR);
    static final SqlOperator LARGE_WHOLE = new Operators.Cast("CAST", "HUGEINT", SqlTypeName.DECIMAL);
    static final SqlOperator SMALL_WHOLE = new Operators.Cast("CAST", "INTEGER", SqlTypeName.INTEGER);
    static final SqlOperator TRUTH = new Operators.Cast("CAST", "BOOLEAN", SqlTypeName.BOOLEAN);
    static final SqlOperator TRUTH_OR_NULL = new Operators.Cast("TRY_CAST", "BOOLEAN", SqlTypeName.BOOLEAN);
    static final SqlOperator INSTANT = new Operators.Cast("CAST", "TIMESTAMP", SqlTypeName.TIMESTAMP);
    static final SqlOperator INSTANT_OR_NULL = new Operators.Cast("TRY_CAST", "TIMESTAMPTZ", SqlTypeName.TIMESTAMP);

    private ExpressionOperators() {}

    private static SqlOperator function(String name) {
        return new SqlFunction(
                name,
                SqlKind.OTHER_FUNCTION,
                ReturnTypes.ARG0_NULLABLE,
                null,
                OperandTypes.VARIADIC,
                SqlFunctionCategory.USER_DEFINED_FUNCTION);
    }

    private static SqlOperator predicate(String name) {
        return new SqlFunction(
                name,
                SqlKind.OTHER_FUNCTION,
                ReturnTypes.BOOLEAN,
                null,
                OperandTypes.VARIADIC,
                SqlFunctionCategory.USER_DEFINED_FUNCTION);
    }

    /** Stands between its operands. */
    private static final class Infix extends SqlSpecialOperator {
        Infix(String sign) {
            super(sign, SqlKind.OTHER, 100, true, ReturnTypes.BOOLEAN, null, OperandTypes.VARIADIC);
        }

        @Override
        public void unparse(SqlWriter writer, SqlCall call, int leftPrecedence, int rightPrecedence) {
            writer.print("(");
            List<SqlNode> operands = call.getOperandList();
            for (int i = 0; i < operands.size(); i++) {
                if (i > 0) {
                    writer.print(getName());
                    writer.setNeedWhitespace(true);
                }
                operands.get(i).unparse(writer, 0, 0);
            }
            writer.print(")");
            writer.setNeedWhitespace(true);
        }
    }

    private static final class Prefix extends SqlSpecialOperator {
        Prefix(String sign) {
            super(sign, SqlKind.OTHER, 100, true, ReturnTypes.ARG0_NULLABLE, null, OperandTypes.VARIADIC);
        }

        @Override
        public void unparse(SqlWriter writer, SqlCall call, int leftPrecedence, int rightPrecedence) {
            writer.print("(" + getName() + " (");
            call.operand(0).unparse(writer, 0, 0);
            writer.print("))");
            writer.setNeedWhitespace(true);
        }
    }

    private static final class Postfix extends SqlSpecialOperator {
        Postfix(String words) {
            super(words, SqlKind.OTHER, 100, true, ReturnTypes.BOOLEAN, null, OperandTypes.VARIADIC);
        }

        @Override
        public void unparse(SqlWriter writer, SqlCall call, int leftPrecedence, int rightPrecedence) {
            writer.print("((");
            call.operand(0).unparse(writer, 0, 0);
            writer.print(") " + getName() + ")");
            writer.setNeedWhitespace(true);
        }
    }

    /** {@code CASE WHEN first THEN second … ELSE last END}; without ELSE where the number is even. */
    private static final class CaseWhen extends SqlSpecialOperator {
        CaseWhen() {
            super("CASE WHEN", SqlKind.OTHER, 100, true, ReturnTypes.ARG1_NULLABLE, null, OperandTypes.VARIADIC);
        }

        @Override
        public void unparse(SqlWriter writer, SqlCall call, int leftPrecedence, int rightPrecedence) {
            writer.print("(CASE");
            writer.setNeedWhitespace(true);
            List<SqlNode> operands = call.getOperandList();
            for (int i = 0; i < operands.size(); i++) {
                boolean last = i + 1 == operands.size();
                writer.print(i % 2 == 1 ? "THEN" : last ? "ELSE" : "WHEN");
                writer.setNeedWhitespace(true);
                operands.get(i).unparse(writer, 0, 0);
            }
            writer.print("END)");
            writer.setNeedWhitespace(true);
        }
    }
}
