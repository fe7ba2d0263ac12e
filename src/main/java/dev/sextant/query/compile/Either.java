package dev.sextant.query.compile;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;

/**
 * What one dialect says with its first operand alone, and the other in its own way, with all of them. Where there is but
 * one operand, it tells the other dialect what the operand is.
 */
final class Either extends SqlSpecialOperator {

    /** So high that brackets are put around the first operand as if it stood there itself. */
    private static final int PRECEDENCE = 1_000;

    Either(String name, SqlReturnTypeInference returns) {
        super(name, SqlKind.OTHER, PRECEDENCE, true, returns, null, OperandTypes.VARIADIC);
    }

    @Override
    public void unparse(SqlWriter writer, SqlCall call, int leftPrecedence, int rightPrecedence) {
        call.operand(0).unparse(writer, leftPrecedence, rightPrecedence);
    }
}
