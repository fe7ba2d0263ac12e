package dev.sextant.query.compile;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Looks through a parsed statement before it is validated: refuses what we do not have, and what would grow beyond all
 * bounds when names are put in. Fractions come out as doubles, which all our fractions are.
 */
final class SqlGuard extends SqlShuttle {

    private static final int SCANS_MAX = 16;
    private static final int COLUMNS_MAX = 1_000;
    private static final int GROUPINGS_MAX = 64;

    private static final Set<SqlKind> STATEMENTS =
            Set.of(SqlKind.SELECT, SqlKind.ORDER_BY, SqlKind.UNION, SqlKind.INTERSECT, SqlKind.EXCEPT, SqlKind.WITH);

    private static final Map<SqlKind, String> REFUSED = Map.ofEntries(
            Map.entry(SqlKind.LATERAL, "LATERAL"),
            Map.entry(SqlKind.UNNEST, "UNNEST"),
            Map.entry(SqlKind.COLLECTION_TABLE, "A function in FROM"),
            Map.entry(SqlKind.TABLESAMPLE, "TABLESAMPLE"),
            Map.entry(SqlKind.MATCH_RECOGNIZE, "MATCH_RECOGNIZE"),
            Map.entry(SqlKind.PIVOT, "PIVOT"),
            Map.entry(SqlKind.UNPIVOT, "UNPIVOT"),
            Map.entry(SqlKind.SNAPSHOT, "FOR SYSTEM_TIME"),
            Map.entry(SqlKind.EXTEND, "EXTEND"),
            Map.entry(SqlKind.EXPLICIT_TABLE, "TABLE"),
            Map.entry(SqlKind.LITERAL_CHAIN, "A text beside a text (write || between them)"),
            Map.entry(SqlKind.SOME, "SOME and ANY"),
            Map.entry(SqlKind.ALL, "ALL with a comparison"),
            Map.entry(SqlKind.RESPECT_NULLS, "RESPECT NULLS"),
            Map.entry(SqlKind.IGNORE_NULLS, "IGNORE NULLS"),
            Map.entry(SqlKind.WITHIN_DISTINCT, "WITHIN DISTINCT"),
            Map.entry(SqlKind.MULTISET_QUERY_CONSTRUCTOR, "MULTISET"),
            Map.entry(SqlKind.ARRAY_QUERY_CONSTRUCTOR, "ARRAY"),
            Map.entry(SqlKind.ARRAY_VALUE_CONSTRUCTOR, "ARRAY"),
            Map.entry(SqlKind.MAP_QUERY_CONSTRUCTOR, "MAP"),
            Map.entry(SqlKind.NEXT_VALUE, "NEXT VALUE"),
            Map.entry(SqlKind.CURRENT_VALUE, "CURRENT VALUE"),
            Map.entry(SqlKind.CURSOR, "CURSOR"));

    /** Only with a minus before it is it one. */
    private static final BigDecimal BEYOND_LONGS =
            BigDecimal.valueOf(Long.MIN_VALUE).negate();

    private static final Set<String> TYPES =
            Set.of("VARCHAR", "BIGINT", "INTEGER", "DOUBLE", "FLOAT", "BOOLEAN", "TIMESTAMP", "DATE");

    private final SqlText text;
    private final SqlSchema schema;
    private final Map<String, Size> withs = new HashMap<>();

    /** How many datasets are scanned, and how many columns the rows have, once all names are put in. */
    private record Size(long scans, long columns) {
        private static final Size NONE = new Size(0, 0);

        Size and(Size other) {
            return bounded(scans + other.scans, columns + other.columns);
        }

        static Size bounded(long scans, long columns) {
            if (scans > SCANS_MAX) {
                throw SqlProblems.tooLarge("scans", SCANS_MAX);
            }
            if (columns > COLUMNS_MAX) {
                throw SqlProblems.tooLarge("columns", COLUMNS_MAX);
            }
            return new Size(scans, columns);
        }
    }

    private SqlGuard(SqlText text, SqlSchema schema) {
        this.text = text;
        this.schema = schema;
    }

    static SqlNode check(SqlNode statement, SqlText text, SqlSchema schema) {
        if (!STATEMENTS.contains(statement.getKind())) {
            throw SqlProblems.invalid("Only SELECT reads: no other statement is taken.");
        }
        SqlGuard guard = new SqlGuard(text, schema);
        SqlNode checked = statement.accept(guard);
        Size size = guard.size(checked);
        if (size.scans() == 0) {
            throw SqlProblems.invalid("The statement names no dataset to read from.");
        }
        return java.util.Objects.requireNonNull(checked);
    }

    @Override
    public @Nullable SqlNode visit(SqlLiteral literal) {
        if (literal instanceof SqlNumericLiteral number) {
            BigDecimal value = number.bigDecimalValue();
            if (value == null || value.precision() > 400 || Double.isInfinite(value.doubleValue())) {
                throw SqlProblems.notSupported(literal, text, "A number this large");
            }
            if (number.getScale() != null && number.getScale() > 0) {
                return SqlLiteral.createApproxNumeric(value.toString(), literal.getParserPosition());
            }
            boolean isBeyondLongs = value.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
                    || value.compareTo(BigDecimal.valueOf(Long.MIN_VALUE)) < 0;
            if (number.isInteger() && isBeyondLongs) {
                throw SqlProblems.notSupported(literal, text, "A whole number beyond 64 bits");
            }
        }
        return literal;
    }

    @Override
    public @Nullable SqlNode visit(SqlDataTypeSpec type) {
        String name = type.getTypeName().getSimple().toUpperCase(Locale.ROOT);
        boolean plain = type.getTypeNameSpec() instanceof org.apache.calcite.sql.SqlBasicTypeNameSpec basic
                && basic.getPrecision() < 0
                && basic.getScale() < 0;
        if (!TYPES.contains(name) || !plain) {
            throw SqlProblems.notSupported(
                    type, text, "A type but VARCHAR, BIGINT, DOUBLE, BOOLEAN, TIMESTAMP and DATE");
        }
        return type;
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        String refused = REFUSED.get(call.getKind());
        if (refused != null) {
            throw SqlProblems.notSupported(call, text, refused);
        }
        if (SqlKind.DML.contains(call.getKind()) || SqlKind.DDL.contains(call.getKind())) {
            throw SqlProblems.invalid("Only SELECT reads: no other statement is taken.");
        }
        if (call.getKind() == SqlKind.MINUS_PREFIX
                && call.operand(0) instanceof SqlNumericLiteral number
                && number.isInteger()
                && BEYOND_LONGS.compareTo(number.bigDecimalValue()) == 0) {
            return SqlLiteral.createExactNumeric(String.valueOf(Long.MIN_VALUE), call.getParserPosition());
        }
        if (call instanceof SqlWithItem with && with.recursive.booleanValue()) {
            throw SqlProblems.notSupported(call, text, "WITH RECURSIVE");
        }
        if (call instanceof SqlSelect select && select.getGroup() != null) {
            groupings(select.getGroup());
        }
        return call.getKind() == SqlKind.PERCENTILE_CONT ? percentile(call) : super.visit(call);
    }

    /** The parser puts in the library's own, which is of the type that it is ordered by; ours is a double. */
    private SqlNode percentile(SqlCall call) {
        if (call.operandCount() != 1) {
            throw SqlProblems.notSupported(call, text, "PERCENTILE_CONT without WITHIN GROUP (ORDER BY …)");
        }
        BigDecimal fraction = call.operand(0) instanceof SqlNumericLiteral number ? number.bigDecimalValue() : null;
        boolean isFraction = fraction != null && fraction.signum() >= 0 && fraction.compareTo(BigDecimal.ONE) <= 0;
        if (!isFraction) {
            throw SqlProblems.notSupported(
                    call, text, "PERCENTILE_CONT of what is not written as a number from 0 to 1");
        }
        return SqlFunctions.PERCENTILE_CONT.createCall(
                call.getParserPosition(), call.operand(0).accept(this));
    }

    private static long groupings(SqlNode node) {
        long product = 1;
        if (node instanceof SqlNodeList list) {
            for (SqlNode item : list) {
                product *= groupings(item);
                bounded(product);
            }
            return product;
        }
        return switch (node.getKind()) {
            case CUBE -> bounded(1L << Math.min(20, ((SqlCall) node).operandCount()));
            case ROLLUP -> bounded(((SqlCall) node).operandCount() + 1L);
            case GROUPING_SETS ->
                bounded(((SqlCall) node)
                        .getOperandList().stream()
                                .mapToLong(SqlGuard::groupings)
                                .sum());
            default -> 1;
        };
    }

    private static long bounded(long groupings) {
        if (groupings > GROUPINGS_MAX) {
            throw SqlProblems.tooLarge("groupings", GROUPINGS_MAX);
        }
        return groupings;
    }

    /** What the node comes to; subqueries outside of FROM count their scans. */
    private Size size(@Nullable SqlNode node) {
        return switch (node) {
            case null -> Size.NONE;
            case SqlWith with -> {
                with.withList.forEach(item -> withs.put(
                        ((SqlWithItem) item).name.getSimple().toUpperCase(Locale.ROOT),
                        size(((SqlWithItem) item).query)));
                yield size(with.body);
            }
            case SqlSelect select -> select(select);
            case SqlCall call -> call(call);
            case SqlNodeList list -> all(list.getList());
            default -> Size.NONE;
        };
    }

    private Size call(SqlCall call) {
        return switch (call.getKind()) {
            case UNION, INTERSECT, EXCEPT -> {
                Size all = all(call.getOperandList());
                yield new Size(all.scans(), size(call.operand(0)).columns());
            }
            case ORDER_BY -> size(call.operand(0));
            default -> new Size(all(call.getOperandList()).scans(), 0);
        };
    }

    private Size all(List<? extends @Nullable SqlNode> nodes) {
        long scans = 0;
        for (SqlNode node : nodes) {
            scans += size(node).scans();
        }
        return Size.bounded(scans, 0);
    }

    private Size select(SqlSelect select) {
        Size from = from(select.getFrom());
        long columns = 0;
        for (SqlNode item : select.getSelectList()) {
            columns += item instanceof SqlIdentifier name && name.isStar() ? from.columns() : 1;
        }
        long inside = size(select.getWhere()).scans()
                + size(select.getHaving()).scans()
                + size(select.getSelectList()).scans()
                + size(select.getOrderList()).scans();
        return Size.bounded(from.scans() + inside, columns);
    }

    private Size from(@Nullable SqlNode from) {
        return switch (from) {
            case null -> Size.NONE;
            case SqlJoin join
            when join.isNatural() || join.getConditionType() == JoinConditionType.USING ->
                throw SqlProblems.notSupported(join, text, "A join by NATURAL or USING (write ON)");
            case SqlJoin join ->
                from(join.getLeft())
                        .and(from(join.getRight()))
                        .and(new Size(size(join.getCondition()).scans(), 0));
            case SqlIdentifier name ->
                withs.getOrDefault(
                        name.names.getLast().toUpperCase(Locale.ROOT), new Size(1, schema.width(name.names.getLast())));
            case SqlCall call when call.getKind() == SqlKind.AS -> from(call.operand(0));
            case SqlCall call when call.getKind() == SqlKind.TABLE_REF -> from(call.operand(0));
            default -> size(from);
        };
    }
}
