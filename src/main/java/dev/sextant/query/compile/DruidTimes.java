package dev.sextant.query.compile;

import static dev.sextant.query.compile.Phrase.refusal;
import static dev.sextant.query.compile.Phrase.words;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * In what words Druid is asked for times, which are numbers of microseconds. Its own moments know milliseconds only: they
 * are asked for months, and for what a calendar shows.
 */
@SuppressWarnings("ReferenceEquality") // operators that DuckDB spells alike are equal
final class DruidTimes {

    /** The first Monday, before 1970 began. */
    private static final long MONDAY = -Duration.ofDays(3).toNanos() / 1_000;

    private static final String MOMENT = "MILLIS_TO_TIMESTAMP((%1$s - MOD(MOD(%1$s, 1000) + 1000, 1000)) / 1000)";

    private DruidTimes() {}

    static void addTo(Map<SqlOperator, Phrase> phrases) {
        phrases.put(Operators.NOT_BEFORE, words("({0} >= MILLIS_TO_TIMESTAMP({1} / 1000 - 1))"));
        phrases.put(Operators.NOT_AFTER, words("({0} <= MILLIS_TO_TIMESTAMP({1} / 1000))"));
        phrases.put(Operators.TO_MICROSECONDS, words("{0}"));
        phrases.put(Operators.TO_SECONDS, words("({0} * 1000000)"));
        phrases.put(Operators.TO_DAYS, words("({0} * 86400000000)"));
        phrases.put(Operators.MONTHS_LATER, words(monthsLater()));
        phrases.put(Operators.TIMEZONE, DruidTimes::zoned);
        phrases.put(Operators.DATE_TRUNC, DruidTimes::truncated);
        phrases.put(ExpressionOperators.DATE_TRUNC, DruidTimes::truncated);
        phrases.put(Operators.TIME_BUCKET, DruidTimes::bucket);
        phrases.put(SqlStdOperatorTable.COLLECTION_TABLE, words("{0}"));
        phrases.put(ExpressionOperators.EPOCH_MS, words("({0} / 1000)"));
        phrases.put(ExpressionOperators.PART_OF_TIME, words("TIME_EXTRACT(" + MOMENT.formatted("{1}") + ", {2}, {3})"));
        phrases.put(ExpressionOperators.INSTANT_OR_NULL, words(instant()));
    }

    private static String monthsLater() {
        return "(TIMESTAMP_TO_MILLIS(TIME_SHIFT(" + MOMENT.formatted("{1}") + ", 'P1M', {2})) * 1000"
                + " + MOD(MOD({1}, 1000) + 1000, 1000))";
    }

    /** It reads milliseconds only. */
    private static String instant() {
        return "(TIMESTAMP_TO_MILLIS(TIME_PARSE(REGEXP_REPLACE({0}, '[.][0-9]+', ''))) * 1000"
                + " + COALESCE(CAST(RPAD(REGEXP_EXTRACT({0}, '[.]([0-9]{1,6})', 1), 6, '0') AS BIGINT), 0))";
    }

    /** Its zones differ from ours where clocks change. */
    private static void zoned(SqlWriter writer, List<SqlNode> operands) {
        if (!text(operands.getFirst()).equals("UTC")) {
            throw refusal(
                    "A zone whose clocks may change often in the time that is looked at",
                    "group the event's own time, give a shorter time_range, or take UTC");
        }
        words("{1}").print(writer, operands);
    }

    private static void truncated(SqlWriter writer, List<SqlNode> operands) {
        String unit = text(operands.getFirst());
        Phrase phrase = switch (unit) {
            case "milliseconds" -> floored("1000", "0");
            case "second" -> floored("1000000", "0");
            case "minute" -> floored("60000000", "0");
            case "hour" -> floored("3600000000", "0");
            case "day" -> floored("86400000000", "0");
            case "week" -> floored("604800000000", Long.toString(MONDAY));
            case "month" -> months("P1M");
            case "quarter" -> months("P3M");
            case "year" -> months("P1Y");
            default -> throw new IllegalArgumentException("No grain is called " + unit);
        };
        phrase.print(writer, List.of(operands.getLast()));
    }

    private static void bucket(SqlWriter writer, List<SqlNode> operands) {
        SqlCall width = (SqlCall) operands.getFirst();
        long amount = ((SqlLiteral) width.operand(0)).longValue(true);
        Phrase phrase;
        if (width.getOperator() == Operators.TO_MONTHS) {
            phrase = months("P" + amount + "M");
        } else {
            long seconds = width.getOperator() == Operators.TO_DAYS ? amount * 86_400 : amount;
            phrase = floored(Long.toString(seconds * 1_000_000), "{1}");
        }
        phrase.print(writer, operands.subList(1, 3));
    }

    private static Phrase floored(String width, String origin) {
        return words("({0} - MOD(MOD({0} - %2$s, %1$s) + %1$s, %1$s))"
                .formatted(width, origin.startsWith("-") ? "(" + origin + ")" : origin));
    }

    /** Counted from 1970. */
    private static Phrase months(String period) {
        return words("(TIMESTAMP_TO_MILLIS(TIME_FLOOR(" + MOMENT.formatted("{0}") + ", '" + period
                + "', TIMESTAMP '1970-01-01 00:00:00')) * 1000)");
    }

    private static String text(SqlNode literal) {
        return ((SqlLiteral) literal).getValueAs(String.class);
    }
}
