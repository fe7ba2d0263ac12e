package dev.sextant.query.compile;

import dev.sextant.engine.FieldType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlTrimFunction;
import org.apache.calcite.sql.type.SqlTypeName;

/** Prints calls of functions; one that is not named here is refused. */
final class SqlCalls {

    /** Functions that are called the same there; what is numeric is cast to what it is here. */
    private static final Map<String, String> FUNCTIONS = Map.ofEntries(
            Map.entry("COALESCE", "COALESCE"),
            Map.entry("NULLIF", "NULLIF"),
            Map.entry("ABS", "ABS"),
            Map.entry("POWER", "POW"),
            Map.entry("SQRT", "SQRT"),
            Map.entry("LN", "LN"),
            Map.entry("LOG10", "LOG10"),
            Map.entry("EXP", "EXP"),
            Map.entry("SIGN", "SIGN"),
            Map.entry("UPPER", "UPPER"),
            Map.entry("LOWER", "LOWER"),
            Map.entry("CHAR_LENGTH", "LENGTH"),
            Map.entry("CHARACTER_LENGTH", "LENGTH"),
            Map.entry("LENGTH", "LENGTH"),
            Map.entry("REPLACE", "REPLACE"),
            Map.entry("STARTS_WITH", "STARTS_WITH"),
            Map.entry("ENDS_WITH", "ENDS_WITH"));

    private static final Pattern PATH =
            Pattern.compile("\\$(\\.[A-Za-z_][A-Za-z0-9_]{0,127}|\\.\"[^\"\\\\*]{1,128}\"|\\[[0-9]{1,6}\\]){1,16}");

    private final SqlExpressions expressions;

    SqlCalls(SqlExpressions expressions) {
        this.expressions = expressions;
    }

    String print(RexCall call) {
        List<RexNode> operands = call.getOperands();
        return switch (call.getKind()) {
            case MOD -> "(%s %% NULLIF(%s, 0))".formatted(whole(operands.get(0)), whole(operands.get(1)));
            case FLOOR, CEIL -> rounded(call);
            case EXTRACT -> extract(operands);
            case TRIM -> trim(operands);
            case POSITION -> position(operands);
            default -> function(call);
        };
    }

    private String whole(RexNode operand) {
        if (SqlTypes.of(operand.getType()) != FieldType.LONG) {
            throw SqlProblems.notSupported("A remainder of other than whole numbers");
        }
        return expressions.print(operand);
    }

    private String rounded(RexCall call) {
        List<RexNode> operands = call.getOperands();
        if (operands.size() == 1) {
            String number = expressions.print(operands.getFirst());
            boolean isWhole = SqlTypes.of(operands.getFirst().getType()) != FieldType.DOUBLE;
            String rounded =
                    isWhole ? number : call.getKind().name() + "(" + number + ")"; // the engine would make it a double
            return "CAST(%s AS %s)".formatted(rounded, SqlTypes.name(call.getType()));
        }
        if (call.getKind() == SqlKind.CEIL) {
            throw SqlProblems.notSupported("CEIL of a time");
        }
        String unit = symbol(operands.get(1), TimeUnitRange.class).name();
        return truncated(unit, operands.getFirst());
    }

    private String truncated(String unit, RexNode time) {
        if (!List.of("SECOND", "MINUTE", "HOUR", "DAY", "WEEK", "MONTH", "QUARTER", "YEAR")
                .contains(unit)) {
            throw SqlProblems.notSupported("The unit of time " + unit);
        }
        return "CAST(DATE_TRUNC('%s', CAST(%s AS TIMESTAMP)) AS TIMESTAMP)"
                .formatted(unit.toLowerCase(Locale.ROOT), expressions.print(time));
    }

    private static <E extends Enum<E>> E symbol(RexNode node, Class<E> type) {
        E value = node instanceof RexLiteral literal ? literal.getValueAs(type) : null;
        if (value != null) {
            return value;
        }
        throw SqlProblems.notSupported("An expression like one of these");
    }

    private String extract(List<RexNode> operands) {
        TimeUnitRange unit = symbol(operands.get(0), TimeUnitRange.class);
        RelDataType type = operands.get(1).getType();
        if (!List.of(SqlTypeName.TIMESTAMP, SqlTypeName.DATE).contains(type.getSqlTypeName())) {
            throw SqlProblems.notSupported("EXTRACT from other than a time");
        }
        String time = expressions.print(operands.get(1));
        return switch (unit) {
            case YEAR, QUARTER, MONTH, WEEK, DAY, DOY, ISODOW, ISOYEAR, HOUR, MINUTE, SECOND ->
                "CAST(EXTRACT(%s FROM CAST(%s AS TIMESTAMP)) AS BIGINT)".formatted(unit.name(), time);
            case EPOCH -> "CAST(FLOOR(EPOCH(CAST(%s AS TIMESTAMP))) AS BIGINT)".formatted(time);
            case DOW ->
                throw SqlProblems.notSupported("EXTRACT(DOW …), which databases count in two ways (take ISODOW),");
            default -> throw SqlProblems.notSupported("EXTRACT(" + unit.name() + " …)");
        };
    }

    private String trim(List<RexNode> operands) {
        String function = switch (symbol(operands.get(0), SqlTrimFunction.Flag.class)) {
            case BOTH -> "TRIM";
            case LEADING -> "LTRIM";
            case TRAILING -> "RTRIM";
        };
        boolean oneSign = operands.get(1) instanceof RexLiteral literal
                && String.valueOf(RexLiteral.stringValue(literal))
                                .codePointCount(
                                        0,
                                        String.valueOf(RexLiteral.stringValue(literal))
                                                .length())
                        == 1;
        if (!oneSign) {
            throw SqlProblems.notSupported("TRIM of other than one sign");
        }
        return "%s(%s, %s)".formatted(function, expressions.print(operands.get(2)), expressions.print(operands.get(1)));
    }

    private String position(List<RexNode> operands) {
        if (operands.size() != 2) {
            throw SqlProblems.notSupported("POSITION with FROM");
        }
        return "STRPOS(%s, %s)".formatted(expressions.print(operands.get(1)), expressions.print(operands.get(0)));
    }

    private String function(RexCall call) {
        String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
        List<RexNode> operands = call.getOperands();
        if (FUNCTIONS.containsKey(name)) {
            String printed = FUNCTIONS.get(name) + "(" + expressions.list(operands) + ")";
            boolean isNumber = SqlTypeName.NUMERIC_TYPES.contains(call.getType().getSqlTypeName());
            return isNumber ? "CAST(%s AS %s)".formatted(printed, SqlTypes.name(call.getType())) : printed;
        }
        return switch (name) {
            case "||" -> "(" + expressions.print(operands.get(0)) + " || " + expressions.print(operands.get(1)) + ")";
            case "ROUND" -> round(call);
            case "SUBSTRING" -> substring(operands);
            case "DATE_TRUNC" -> truncated(stringLiteral(operands.get(0)).toUpperCase(Locale.ROOT), operands.get(1));
            case "TIMESTAMPDIFF" -> difference(operands);
            case "JSON_VALUE" -> jsonValue(operands);
            default ->
                throw SqlProblems.notSupported(
                        name.startsWith("$") ? "An expression like one of these" : "The function or operator " + name);
        };
    }

    private String round(RexCall call) {
        List<RexNode> operands = call.getOperands();
        String type = SqlTypes.name(call.getType());
        if (operands.size() == 1) {
            return "CAST(ROUND(%s) AS %s)".formatted(expressions.print(operands.getFirst()), type);
        }
        if (operands.get(1) instanceof RexLiteral digits && !digits.isNull()) {
            int places = digits.getValueAs(BigDecimal.class).intValueExact();
            return "CAST(ROUND(%s, %d) AS %s)".formatted(expressions.print(operands.getFirst()), places, type);
        }
        throw SqlProblems.notSupported("ROUND to other than a number of places");
    }

    private static String stringLiteral(RexNode node) {
        RexNode bare = node;
        while (bare instanceof RexCall call && call.getKind() == SqlKind.CAST) {
            bare = call.getOperands().getFirst();
        }
        String value = bare instanceof RexLiteral literal ? literal.getValueAs(String.class) : null;
        if (value != null) {
            return value;
        }
        throw SqlProblems.notSupported("Other than a text in quotes, where a unit or a path is told,");
    }

    /** From the first sign on, whatever comes before it: there is nothing, and it counts. */
    private String substring(List<RexNode> operands) {
        boolean fromStart = operands.get(1) instanceof RexLiteral literal
                && !literal.isNull()
                && literal.getValueAs(BigDecimal.class).signum() > 0;
        boolean wide = operands.size() == 2
                || (operands.get(2) instanceof RexLiteral length
                        && !length.isNull()
                        && length.getValueAs(BigDecimal.class).signum() >= 0);
        if (!fromStart || !wide) {
            throw SqlProblems.notSupported("SUBSTRING whose start and length are not numbers, the start from 1,");
        }
        return "SUBSTRING(" + expressions.list(operands) + ")";
    }

    private String difference(List<RexNode> operands) {
        String unit = stringLiteral(operands.get(0));
        if (!List.of("SECOND", "MINUTE", "HOUR", "DAY", "WEEK").contains(unit)) {
            // Engines do not agree on when a month is whole where it is counted backwards from its end.
            throw SqlProblems.notSupported("TIMESTAMPDIFF in other units than SECOND, MINUTE, HOUR, DAY and WEEK");
        }
        return "CAST(DATE_SUB('%s', CAST(%s AS TIMESTAMP), CAST(%s AS TIMESTAMP)) AS BIGINT)"
                .formatted(
                        unit.toLowerCase(Locale.ROOT),
                        expressions.print(operands.get(1)),
                        expressions.print(operands.get(2)));
    }

    private String jsonValue(List<RexNode> operands) {
        String path = stringLiteral(operands.get(1));
        if (!PATH.matcher(path).matches() || operands.size() > 2) {
            throw SqlProblems.notSupported("JSON_VALUE with other than a path such as '$.plan.name' or '$.items[0]'");
        }
        String json = expressions.print(operands.get(0));
        return "JSON_EXTRACT_STRING(JSON_VALUE(%s, %s), '$')".formatted(json, SqlExpressions.text(path));
    }
}
