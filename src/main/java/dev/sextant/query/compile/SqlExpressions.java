package dev.sextant.query.compile;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.NlsString;

/**
 * Prints the expressions of one level of a statement's tree. What is not named here is refused: nothing is printed in the
 * hope that the engine means the same by it.
 */
final class SqlExpressions {

    private static final int DEPTH_MAX = 150;

    private static final Map<SqlKind, String> BINARY = Map.ofEntries(
            Map.entry(SqlKind.EQUALS, "="),
            Map.entry(SqlKind.NOT_EQUALS, "<>"),
            Map.entry(SqlKind.LESS_THAN, "<"),
            Map.entry(SqlKind.LESS_THAN_OR_EQUAL, "<="),
            Map.entry(SqlKind.GREATER_THAN, ">"),
            Map.entry(SqlKind.GREATER_THAN_OR_EQUAL, ">="),
            Map.entry(SqlKind.IS_DISTINCT_FROM, "IS DISTINCT FROM"),
            Map.entry(SqlKind.IS_NOT_DISTINCT_FROM, "IS NOT DISTINCT FROM"),
            Map.entry(SqlKind.AND, "AND"),
            Map.entry(SqlKind.OR, "OR"));

    private static final Map<SqlKind, String> POSTFIX = Map.of(
            SqlKind.IS_NULL, "IS NULL",
            SqlKind.IS_NOT_NULL, "IS NOT NULL",
            SqlKind.IS_TRUE, "IS TRUE",
            SqlKind.IS_NOT_TRUE, "IS NOT TRUE",
            SqlKind.IS_FALSE, "IS FALSE",
            SqlKind.IS_NOT_FALSE, "IS NOT FALSE");

    /** Window functions that look at no frame. */
    private static final List<SqlKind> FRAMELESS =
            List.of(SqlKind.ROW_NUMBER, SqlKind.RANK, SqlKind.DENSE_RANK, SqlKind.LAG, SqlKind.LEAD);

    private final SqlPrinter printer;
    private final RexBuilder rex;
    private final Function<Integer, String> columns;
    private int depth;

    /** @param columns the name, with its table, of each column that stands below */
    SqlExpressions(SqlPrinter printer, RexBuilder rex, Function<Integer, String> columns) {
        this.printer = printer;
        this.rex = rex;
        this.columns = columns;
    }

    String print(RexNode node) {
        depth++;
        if (depth > DEPTH_MAX) {
            throw SqlProblems.tooLarge("expressions within expressions", DEPTH_MAX);
        }
        String printed = switch (node) {
            case RexInputRef reference -> columns.apply(reference.getIndex());
            case RexLiteral literal -> literal(literal);
            case RexDynamicParam parameter ->
                "CAST(%s AS %s)".formatted(printer.parameter(parameter.getIndex()), SqlTypes.name(parameter.getType()));
            case RexSubQuery query -> subQuery(query);
            case RexOver over -> over(over);
            case RexFieldAccess access
            when access.getReferenceExpr() instanceof RexCorrelVariable outer ->
                printer.outer(outer.id, access.getField().getIndex());
            case RexCall call -> call(call);
            default -> throw SqlProblems.notSupported("An expression like one of these");
        };
        depth--;
        return printer.bounded(printed);
    }

    String list(List<? extends RexNode> nodes) {
        return nodes.stream().map(this::print).collect(Collectors.joining(", "));
    }

    /** Whether it is more than a column, a parameter or a value that stands there. */
    static boolean isComputed(RexNode node) {
        return !(node instanceof RexInputRef || node instanceof RexLiteral || node instanceof RexDynamicParam);
    }

    private String literal(RexLiteral literal) {
        if (literal.isNull()) {
            return "CAST(NULL AS %s)".formatted(SqlTypes.name(literal.getType()));
        }
        return switch (literal.getTypeName()) {
            case CHAR -> text(String.valueOf(literal.getValueAs(NlsString.class).getValue()));
            case BOOLEAN -> RexLiteral.booleanValue(literal) ? "TRUE" : "FALSE";
            case DECIMAL, BIGINT, DOUBLE, FLOAT, REAL, INTEGER ->
                "CAST(%s AS %s)"
                        .formatted(
                                text(literal.getValueAs(BigDecimal.class).toString()),
                                SqlTypes.name(literal.getType()));
            case TIMESTAMP ->
                "TIMESTAMP "
                        + text(literal.getValueAs(org.apache.calcite.util.TimestampString.class)
                                .toString());
            case DATE ->
                "DATE "
                        + text(literal.getValueAs(org.apache.calcite.util.DateString.class)
                                .toString());
            default -> interval(literal);
        };
    }

    private static String interval(RexLiteral literal) {
        long amount = literal.getValueAs(BigDecimal.class).longValueExact();
        if (SqlTypeName.YEAR_INTERVAL_TYPES.contains(literal.getTypeName())) {
            return "TO_MONTHS(CAST('%d' AS INTEGER))".formatted(Math.toIntExact(amount));
        }
        if (SqlTypeName.DAY_INTERVAL_TYPES.contains(literal.getTypeName())) {
            return "TO_MICROSECONDS(CAST('%d' AS BIGINT))".formatted(Math.multiplyExact(amount, 1000L));
        }
        throw SqlProblems.notSupported("A value like one of these");
    }

    static String text(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private String call(RexCall call) {
        List<RexNode> operands = call.getOperands();
        SqlKind kind = call.getKind();
        if (BINARY.containsKey(kind)) {
            return operands.stream()
                    .map(this::print)
                    .collect(Collectors.joining(" " + BINARY.get(kind) + " ", "(", ")"));
        }
        if (POSTFIX.containsKey(kind)) {
            return "(%s %s)".formatted(print(operands.getFirst()), POSTFIX.get(kind));
        }
        return switch (kind) {
            case PLUS, MINUS, TIMES -> arithmetic(call);
            case DIVIDE ->
                "(CAST(%s AS DOUBLE) / NULLIF(CAST(%s AS DOUBLE), 0))"
                        .formatted(print(operands.get(0)), print(operands.get(1)));
            case MINUS_PREFIX -> "(- %s)".formatted(print(operands.getFirst()));
            case PLUS_PREFIX -> print(operands.getFirst());
            case NOT -> "(NOT %s)".formatted(print(operands.getFirst()));
            case SEARCH -> print(RexUtil.expandSearch(rex, null, call));
            case CAST -> cast(operands.getFirst(), call.getType());
            case CASE -> cases(operands);
            case LIKE -> like(call);
            default -> new SqlCalls(this).print(call);
        };
    }

    /** Numbers; and a time plus or minus an interval. */
    private String arithmetic(RexCall call) {
        String sign = switch (call.getKind()) {
            case PLUS -> " + ";
            case MINUS -> " - ";
            default -> " * ";
        };
        boolean isInterval = call.getType().getFamily() instanceof SqlTypeFamily family
                && (family == SqlTypeFamily.INTERVAL_DAY_TIME || family == SqlTypeFamily.INTERVAL_YEAR_MONTH);
        if (isInterval && call.getKind() != SqlKind.TIMES) {
            throw SqlProblems.notSupported(
                    "Arithmetic of intervals; TIMESTAMPDIFF tells the time between two times, and it");
        }
        if (isInterval) {
            return call.getOperands().stream().map(this::print).collect(Collectors.joining(sign, "(", ")"));
        }
        String printed = call.getOperands().stream().map(this::print).collect(Collectors.joining(sign, "(", ")"));
        boolean isTime = call.getType().getSqlTypeName() == SqlTypeName.DATE;
        return isTime ? "CAST(%s AS DATE)".formatted(printed) : printed;
    }

    private String cast(RexNode operand, RelDataType to) {
        String target = SqlTypes.name(to);
        if (operand instanceof RexLiteral literal && literal.isNull()) {
            return "CAST(NULL AS %s)".formatted(target);
        }
        String source = SqlTypes.name(operand.getType());
        if (source.equals(target)) {
            return print(operand);
        }
        boolean numeric = isNumber(source) && isNumber(target);
        boolean times = isTime(source) && isTime(target);
        if (!numeric && !times && !source.equals("VARCHAR") && !target.equals("VARCHAR")) {
            throw SqlProblems.notSupported("A CAST from %s to %s".formatted(source, target));
        }
        if (source.equals("VARCHAR") && isNumber(target)) {
            return read(operand, target);
        }
        boolean rounds = source.equals("DOUBLE") && numeric;
        return (rounds ? "CAST(ROUND(%s) AS %s)" : "CAST(%s AS %s)").formatted(print(operand), target);
    }

    /** A text that is no number of JSON becomes an empty one, which the engine refuses. */
    private String read(RexNode text, String target) {
        boolean isDouble = target.equals("DOUBLE");
        return "CAST(REGEXP_EXTRACT(%s, %s, %d) AS %s)"
                .formatted(print(text), text(isDouble ? CastTree.NUMBER : CastTree.WHOLE), isDouble ? 0 : 1, target);
    }

    private static boolean isNumber(String type) {
        return type.equals("BIGINT") || type.equals("DOUBLE") || type.equals("HUGEINT");
    }

    private static boolean isTime(String type) {
        return type.equals("TIMESTAMP") || type.equals("DATE");
    }

    private String cases(List<RexNode> operands) {
        StringBuilder printed = new StringBuilder("CASE");
        for (int i = 0; i + 1 < operands.size(); i += 2) {
            printed.append(" WHEN ")
                    .append(print(operands.get(i)))
                    .append(" THEN ")
                    .append(print(operands.get(i + 1)));
        }
        return printed.append(" ELSE ")
                .append(print(operands.getLast()))
                .append(" END")
                .toString();
    }

    private String like(RexCall call) {
        List<RexNode> operands = call.getOperands();
        if (!call.getOperator().getName().equals("LIKE")) {
            throw SqlProblems.notSupported(call.getOperator().getName());
        }
        String like = "%s LIKE %s".formatted(print(operands.get(0)), print(operands.get(1)));
        if (operands.size() == 2) {
            return "(" + like + ")";
        }
        boolean oneSign = operands.get(2) instanceof RexLiteral literal
                && String.valueOf(RexLiteral.stringValue(literal)).length() == 1;
        if (!oneSign) {
            throw SqlProblems.notSupported("ESCAPE with other than one sign");
        }
        return "(" + like + " ESCAPE " + print(operands.get(2)) + ")";
    }

    private String subQuery(RexSubQuery query) {
        String inner = printer.print(query.rel);
        return switch (query.getKind()) {
            case EXISTS -> "EXISTS (" + inner + ")";
            case SCALAR_QUERY -> "(" + inner + ")";
            case IN -> {
                if (query.getOperands().size() != 1) {
                    throw SqlProblems.notSupported("IN with several columns");
                }
                yield "(%s IN (%s))".formatted(print(query.getOperands().getFirst()), inner);
            }
            default -> throw SqlProblems.notSupported("A subquery with SOME, ANY or ALL");
        };
    }

    private String over(RexOver over) {
        if (over.isDistinct() || over.ignoreNulls()) {
            throw SqlProblems.notSupported("DISTINCT or IGNORE NULLS with OVER");
        }
        SqlKind kind = over.getAggOperator().getKind();
        String arguments = list(over.getOperands());
        String window = window(over.getWindow(), FRAMELESS.contains(kind));
        return switch (kind) {
            case ROW_NUMBER, RANK, DENSE_RANK, LAG, LEAD, FIRST_VALUE, LAST_VALUE, SUM, MIN, MAX, AVG ->
                "%s(%s) OVER (%s)".formatted(kind.name(), arguments, window);
            case COUNT -> "COUNT(%s) OVER (%s)".formatted(arguments.isEmpty() ? "*" : arguments, window);
            case SUM0 -> "COALESCE(SUM(%s) OVER (%s), 0)".formatted(arguments, window);
            default -> throw SqlProblems.notSupported("This function with OVER");
        };
    }

    private String window(RexWindow window, boolean frameless) {
        StringBuilder printed = new StringBuilder();
        if (!window.partitionKeys.isEmpty()) {
            printed.append("PARTITION BY ").append(list(window.partitionKeys));
        }
        if (!window.orderKeys.isEmpty()) {
            printed.append(window.orderKeys.stream()
                    .map(key -> print(key.left)
                            + (key.right.contains(SqlKind.DESCENDING) ? " DESC" : " ASC")
                            + (key.right.contains(SqlKind.NULLS_FIRST) ? " NULLS FIRST" : " NULLS LAST"))
                    .collect(Collectors.joining(", ", " ORDER BY ", "")));
        }
        if (!frameless && !window.orderKeys.isEmpty()) {
            printed.append(window.isRows() ? " ROWS" : " RANGE")
                    .append(" BETWEEN ")
                    .append(bound(window.getLowerBound(), window.isRows()))
                    .append(" AND ")
                    .append(bound(window.getUpperBound(), window.isRows()));
        }
        return printed.toString();
    }

    private static String bound(RexWindowBound bound, boolean isRows) {
        String side = bound.isPreceding() ? " PRECEDING" : " FOLLOWING";
        if (bound.isCurrentRow()) {
            return "CURRENT ROW";
        }
        if (bound.isUnbounded()) {
            return "UNBOUNDED" + side;
        }
        if (isRows && bound.getOffset() instanceof RexLiteral literal) {
            return literal.getValueAs(BigDecimal.class).longValueExact() + side;
        }
        throw SqlProblems.notSupported("A frame in RANGE with other bounds than UNBOUNDED and CURRENT ROW");
    }

    static String direction(RelFieldCollation collation) {
        return (collation.getDirection().isDescending() ? " DESC" : " ASC")
                + (collation.nullDirection == RelFieldCollation.NullDirection.FIRST ? " NULLS FIRST" : " NULLS LAST");
    }
}
