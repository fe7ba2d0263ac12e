package dev.sextant.query.compile;

import static dev.sextant.query.compile.Phrase.refused;
import static dev.sextant.query.compile.Phrase.words;

import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.jspecify.annotations.Nullable;

/**
 * In what words Druid is asked for aggregates. Its sums of whole numbers wrap: so the upper and the lower halves of the
 * numbers are summed, which cannot wrap below 2^31 rows, and put together where the whole fits.
 */
@SuppressWarnings("ReferenceEquality") // operators that DuckDB spells alike are equal
final class DruidSums {

    private static final String UPPER = "SUM(BITWISE_SHIFT_RIGHT({0}, 32))%s";
    private static final String LOWER = "SUM(BITWISE_AND({0}, 4294967295))%s";

    /** Of so many values the sketch of a quantile keeps its bound; it is tighter than the one that we state. */
    private static final int QUANTILE_SIZE = 1_024;

    /** Two of three estimates are off by 1.6 % at most. */
    private static final int DISTINCT_SIZE_LOG = 12;

    private DruidSums() {}

    static void addTo(Map<SqlOperator, Phrase> phrases) {
        phrases.put(Operators.WHOLE_SUM, words(sum("")));
        phrases.put(Operators.WHOLE_AVERAGE, words(average("")));
        phrases.put(Operators.TEXT_MIN, refused("The least of texts", "group by the field, ordered by it, limit 1"));
        phrases.put(Operators.TEXT_MAX, refused("The greatest of texts", "group by the field, ordered by it, limit 1"));
        phrases.put(Operators.APPROX_COUNT_DISTINCT, words(distinct("")));
    }

    static Phrase quantile(Quantile quantile) {
        return quantile.isExact()
                ? refused("An exact quantile", "set \"exact\": false to have one of a sketch, with its bound")
                : words("APPROX_QUANTILE_DS({0}, %s, %d)".formatted(quantile.fraction(), QUANTILE_SIZE));
    }

    /** An aggregate over some of the rows; null where it is said as it is everywhere. */
    static @Nullable Phrase filtered(SqlCall aggregate) {
        String filter = " FILTER (WHERE {1})";
        String text;
        if (aggregate.getOperator() == Operators.WHOLE_SUM) {
            text = sum(filter);
        } else if (aggregate.getOperator() == Operators.WHOLE_AVERAGE) {
            text = average(filter);
        } else if (aggregate.getOperator() == Operators.APPROX_COUNT_DISTINCT) {
            text = distinct(filter);
        } else {
            return null;
        }
        Phrase whole = words(text);
        SqlNode value = aggregate.operand(0);
        return (writer, operands) -> whole.print(writer, List.of(value, operands.get(1)));
    }

    /** What does not fit divides by zero: then the statement fails, and says so. */
    private static String sum(String filter) {
        String upper = UPPER.formatted(filter);
        String lower = LOWER.formatted(filter);
        String top = "(%s + BITWISE_SHIFT_RIGHT(%s, 32))".formatted(upper, lower);
        return "((%s * 4294967296 + %s) / CASE WHEN %s < -2147483648 OR %s > 2147483647 THEN 0 ELSE 1 END)"
                .formatted(upper, lower, top, top);
    }

    /** Its own function for this is null wherever it comes out of what is joined; and an empty text counts for nothing. */
    private static String distinct(String filter) {
        return "CAST(HLL_SKETCH_ESTIMATE(DS_HLL('.' || CAST({0} AS VARCHAR), %d)%s, TRUE) AS BIGINT)"
                .formatted(DISTINCT_SIZE_LOG, filter);
    }

    private static String average(String filter) {
        return "SAFE_DIVIDE(CAST(%s AS DOUBLE) * 4294967296 + CAST(%s AS DOUBLE), CAST(COUNT({0})%s AS DOUBLE))"
                .formatted(UPPER.formatted(filter), LOWER.formatted(filter), filter);
    }
}
