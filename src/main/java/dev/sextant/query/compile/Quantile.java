package dev.sextant.query.compile;

import java.math.BigDecimal;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.util.Optionality;

/**
 * One quantile of what it is called over. Which one is a part of the function, and not an operand: DuckDB takes a constant
 * only, and an operand would be a column where rows come out of a join or a union. Its name tells quantiles apart.
 */
final class Quantile extends SqlAggFunction {

    private final String function;
    private final String argument;
    private final String fraction;

    private Quantile(String function, String argument, String fraction) {
        super(
                function + " " + argument,
                null,
                SqlKind.OTHER_FUNCTION,
                ReturnTypes.explicit(SqlTypeName.DOUBLE).andThen(SqlTypeTransforms.FORCE_NULLABLE),
                null,
                OperandTypes.VARIADIC,
                SqlFunctionCategory.USER_DEFINED_FUNCTION,
                false,
                false,
                Optionality.FORBIDDEN);
        this.function = function;
        this.argument = argument;
        this.fraction = fraction;
    }

    /** @param fraction from 0 to 1 */
    static Quantile of(double fraction, boolean exact) {
        String plain = BigDecimal.valueOf(fraction).toPlainString();
        return exact
                ? new Quantile("QUANTILE_CONT", plain, plain)
                : new Quantile("APPROX_QUANTILE", "CAST(%s AS FLOAT)".formatted(plain), plain);
    }

    boolean isExact() {
        return function.equals("QUANTILE_CONT");
    }

    /** From 0 to 1, as SQL has it. */
    String fraction() {
        return fraction;
    }

    @Override
    public void unparse(SqlWriter writer, SqlCall call, int leftPrecedence, int rightPrecedence) {
        SqlWriter.Frame frame = writer.startFunCall(function);
        call.operand(0).unparse(writer, 0, 0);
        writer.sep(",");
        writer.literal(argument);
        writer.endFunCall(frame);
    }
}
