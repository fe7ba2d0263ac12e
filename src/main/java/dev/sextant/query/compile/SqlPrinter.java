package dev.sextant.query.compile;

import dev.sextant.query.compile.SqlSchema.Column;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Prints the tree of a statement, one SELECT for each node, columns by their place: none of the caller's names reaches
 * the engine. Use it once.
 *
 * <p>Calcite's own printer merges nodes and keeps names; with names that differ by their case, expressions that hold
 * parameters, and names given twice, what it prints is refused by the engine or means another thing.
 */
final class SqlPrinter {

    static final int LIMIT = -1;
    static final int OWN = -2;

    private static final int CHARACTERS_MAX = 1 << 20;
    private static final int NESTING_MAX = 100;

    private final SqlSchema schema;
    private final List<Integer> parameters = new ArrayList<>();
    private final List<Object> own = new ArrayList<>();
    private final Map<CorrelationId, String> outers = new HashMap<>();
    private final TreeSet<String> datasets = new TreeSet<>();
    private int tables;
    private int nesting;

    SqlPrinter(SqlSchema schema) {
        this.schema = schema;
    }

    /**
     * For each {@code ?} in its order, which of the caller's it is; {@link #LIMIT} for the limit, and from {@link #OWN}
     * downwards which of {@link #ownValues}.
     */
    List<Integer> parameters() {
        return parameters;
    }

    /** Values that are no caller's, but of what is kept back from one. */
    List<Object> ownValues() {
        return List.copyOf(own);
    }

    List<String> datasets() {
        return List.copyOf(datasets);
    }

    /** The whole statement; its last {@code ?} is how many rows are wanted. */
    String statement(RelRoot root) {
        String table = table();
        boolean sorted = root.rel instanceof Sort;
        Sort sort = sorted ? (Sort) root.rel : null;
        String from = print(sort == null ? root.rel : sort.getInput());
        StringBuilder sql = new StringBuilder("SELECT ");
        sql.append(root.fields.stream()
                        .map(field -> table + ".c" + field.getKey())
                        .map(column -> column)
                        .collect(Collectors.joining(", ")))
                .append(from(from, table));
        if (sort != null) {
            sql.append(orderBy(sort, table));
        }
        parameters.add(LIMIT);
        sql.append(" LIMIT ?");
        if (sort != null && sort.offset != null) {
            sql.append(" OFFSET ").append(expressions(sort, table).print(sort.offset));
        }
        return bounded(sql.toString());
    }

    String parameter(int index) {
        parameters.add(index);
        return "?";
    }

    String outer(CorrelationId id, int column) {
        String table = outers.get(id);
        if (table == null) {
            throw SqlProblems.notSupported("A subquery that looks at its outer query from here");
        }
        return table + ".c" + column;
    }

    String bounded(String sql) {
        if (sql.length() > CHARACTERS_MAX) {
            throw SqlProblems.tooLarge("repetitions", CHARACTERS_MAX);
        }
        return sql;
    }

    String print(RelNode node) {
        nesting++;
        if (nesting > NESTING_MAX) {
            throw SqlProblems.tooLarge("queries within queries", NESTING_MAX);
        }
        String printed = switch (node) {
            case TableScan scan -> scan(scan);
            case Filter filter -> filter(filter);
            case Project project -> project(project);
            case Aggregate aggregate -> aggregate(aggregate);
            case Sort sort -> sort(sort);
            case Join join -> join(join);
            case SetOp operation -> setOperation(operation);
            case Values values -> values(values);
            default -> throw SqlProblems.notSupported("A query like this");
        };
        nesting--;
        return bounded(printed);
    }

    private String table() {
        tables++;
        return "t" + tables;
    }

    private static String from(String inner, String table) {
        return " FROM (" + inner + ") AS " + table;
    }

    private SqlExpressions expressions(RelNode node, String table) {
        return new SqlExpressions(this, node.getCluster().getRexBuilder(), index -> table + ".c" + index);
    }

    /** Whatever a statement reads comes through here. */
    private String scan(TableScan scan) {
        String dataset = scan.getTable().getQualifiedName().getLast();
        datasets.add(dataset);
        List<Column> columns = schema.columns(dataset);
        return IntStream.range(0, columns.size())
                        .mapToObj(i -> column(columns.get(i)) + " AS c" + i)
                        .collect(Collectors.joining(", ", "SELECT ", ""))
                + " FROM " + seen(dataset);
    }

    /** The table; or what is seen of it, where something is kept back. */
    private String seen(String dataset) {
        Scanned scanned = schema.scanned(dataset);
        if (scanned.sight() == null) {
            return quote(dataset);
        }
        RelBuilder builder = TenantTables.builder(scanned);
        Parameters values = new Parameters(builder.getRexBuilder(), scanned.dialect());
        ScanTree.scan(builder, scanned, values);
        Template template = Template.of(builder.build(), values, List.of());
        template.parameters().forEach(value -> {
            parameters.add(OWN - own.size());
            own.add(value);
        });
        return "(" + template.sql() + ") AS " + table();
    }

    private static String column(Column column) {
        String name = quote(column.column());
        return column.type() == dev.sextant.engine.FieldType.JSON ? "CAST(" + name + " AS VARCHAR)" : name;
    }

    private static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private String filter(Filter filter) {
        String table = table();
        String inner = print(filter.getInput());
        filter.getVariablesSet().forEach(id -> outers.put(id, table));
        return "SELECT *" + from(inner, table) + " WHERE "
                + expressions(filter, table).print(filter.getCondition());
    }

    private String project(Project project) {
        String table = table();
        project.getVariablesSet().forEach(id -> outers.put(id, table));
        List<String> columns = new ArrayList<>();
        for (RexNode expression : project.getProjects()) {
            columns.add(expressions(project, table).print(expression) + " AS c" + columns.size());
        }
        String sql = "SELECT " + String.join(", ", columns) + from(print(project.getInput()), table);
        return finite(
                sql,
                project,
                index -> SqlExpressions.isComputed(project.getProjects().get(index)));
    }

    /** Doubles that are computed are finite or null from here on: what is shown as missing is sorted and found as missing. */
    private String finite(String sql, RelNode node, IntPredicate isComputed) {
        List<RelDataTypeField> fields = node.getRowType().getFieldList();
        IntPredicate mayBeInfinite =
                index -> fields.get(index).getType().getSqlTypeName() == SqlTypeName.DOUBLE && isComputed.test(index);
        if (IntStream.range(0, fields.size()).noneMatch(mayBeInfinite)) {
            return sql;
        }
        String table = table();
        return IntStream.range(0, fields.size())
                        .mapToObj(i -> {
                            String column = table + ".c" + i;
                            String told = mayBeInfinite.test(i)
                                    ? "CASE WHEN ISFINITE(%s) THEN %s END".formatted(column, column)
                                    : column;
                            return told + " AS c" + i;
                        })
                        .collect(Collectors.joining(", ", "SELECT ", ""))
                + from(sql, table);
    }

    private String sort(Sort sort) {
        String table = table();
        StringBuilder sql = new StringBuilder("SELECT *" + from(print(sort.getInput()), table) + orderBy(sort, table));
        if (sort.fetch != null) {
            sql.append(" LIMIT ").append(expressions(sort, table).print(sort.fetch));
        }
        if (sort.offset != null) {
            sql.append(" OFFSET ").append(expressions(sort, table).print(sort.offset));
        }
        return sql.toString();
    }

    private static String orderBy(Sort sort, String table) {
        return sort.getCollation().getFieldCollations().isEmpty()
                ? ""
                : sort.getCollation().getFieldCollations().stream()
                        .map(by -> table + ".c" + by.getFieldIndex() + SqlExpressions.direction(by))
                        .collect(Collectors.joining(", ", " ORDER BY ", ""));
    }

    private String join(Join join) {
        if (!join.getVariablesSet().isEmpty()) {
            throw SqlProblems.notSupported("A subquery in ON");
        }
        String left = table();
        String right = table();
        String kind = switch (join.getJoinType()) {
            case INNER -> "INNER JOIN";
            case LEFT -> "LEFT JOIN";
            case RIGHT -> "RIGHT JOIN";
            case FULL -> "FULL JOIN";
            default -> throw SqlProblems.notSupported("A join of this kind");
        };
        int width = join.getLeft().getRowType().getFieldCount();
        int all = width + join.getRight().getRowType().getFieldCount();
        Function<Integer, String> columns =
                index -> index < width ? left + ".c" + index : right + ".c" + (index - width);
        String selected = IntStream.range(0, all)
                .mapToObj(i -> columns.apply(i) + " AS c" + i)
                .collect(Collectors.joining(", "));
        String from = "SELECT " + selected + from(print(join.getLeft()), left) + " " + kind + " ("
                + print(join.getRight()) + ") AS " + right;
        String on = new SqlExpressions(this, join.getCluster().getRexBuilder(), columns).print(join.getCondition());
        return from + " ON " + on;
    }

    private String setOperation(SetOp operation) {
        String name = switch (operation.kind) {
            case UNION -> "UNION";
            case INTERSECT -> "INTERSECT";
            case EXCEPT -> "EXCEPT";
            default -> throw SqlProblems.notSupported("A query like this");
        };
        String sign = ")" + " " + name + (operation.all ? " ALL (" : " (");
        return operation.getInputs().stream().map(this::print).collect(Collectors.joining(sign, "(", ")"));
    }

    private String values(Values values) {
        int width = values.getRowType().getFieldCount();
        String names = IntStream.range(0, width).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        if (values.getTuples().isEmpty()) {
            throw SqlProblems.notSupported("A query that is empty in any case");
        }
        SqlExpressions expressions = expressions(values, "t0");
        return values.getTuples().stream()
                .map(row -> row.stream()
                        .map((RexLiteral value) -> expressions.print(value))
                        .collect(Collectors.joining(", ", "(", ")")))
                .collect(Collectors.joining(", ", "SELECT * FROM (VALUES ", ") AS " + table() + "(" + names + ")"));
    }

    private String aggregate(Aggregate aggregate) {
        String table = table();
        List<String> columns = new ArrayList<>();
        for (int key : aggregate.getGroupSet()) {
            columns.add(table + ".c" + key + " AS c" + columns.size());
        }
        for (AggregateCall call : aggregate.getAggCallList()) {
            columns.add(call(call, aggregate.getInput(), table) + " AS c" + columns.size());
        }
        String from = from(print(aggregate.getInput()), table);
        if (columns.isEmpty()) {
            columns.add("1 AS c0");
        }
        int keys = aggregate.getGroupCount();
        return finite(
                "SELECT " + String.join(", ", columns) + from + groupBy(aggregate, table), aggregate, i -> i >= keys);
    }

    private static String groupBy(Aggregate aggregate, String table) {
        if (aggregate.getGroupType() != Aggregate.Group.SIMPLE) {
            return aggregate.getGroupSets().stream()
                    .map(set -> "(" + keys(set, table) + ")")
                    .collect(Collectors.joining(", ", " GROUP BY GROUPING SETS (", ")"));
        }
        return aggregate.getGroupSet().isEmpty() ? "" : " GROUP BY " + keys(aggregate.getGroupSet(), table);
    }

    private static String keys(ImmutableBitSet set, String table) {
        return set.asList().stream().map(key -> table + ".c" + key).collect(Collectors.joining(", "));
    }

    private String call(AggregateCall call, RelNode input, String table) {
        if (call.ignoreNulls() || call.distinctKeys != null) {
            throw SqlProblems.notSupported("An aggregate of this kind");
        }
        List<String> arguments =
                call.getArgList().stream().map(column -> table + ".c" + column).toList();
        String filter = call.hasFilter() ? " FILTER (WHERE " + table + ".c" + call.filterArg + ")" : "";
        return aggregate(call, arguments, input, table) + filter;
    }

    private String aggregate(AggregateCall call, List<String> arguments, RelNode input, String table) {
        String distinct = call.isDistinct() ? "DISTINCT " : "";
        String name = call.getAggregation().getName();
        if (arguments.size() > 1 && !name.equals("GROUPING")) {
            throw SqlProblems.notSupported("An aggregate of several values");
        }
        return switch (name) {
            case "COUNT" -> "COUNT(" + distinct + (arguments.isEmpty() ? "*" : arguments.getFirst()) + ")";
            case "SUM", "AVG", "MIN", "MAX" -> name + "(" + distinct + arguments.getFirst() + ")";
            case "APPROX_COUNT_DISTINCT" -> "APPROX_COUNT_DISTINCT(" + arguments.getFirst() + ")";
            case "GROUPING" -> "GROUPING(" + String.join(", ", arguments) + ")";
            case "PERCENTILE_CONT" -> percentile(call, input, table);
            default -> throw SqlProblems.notSupported("The aggregate " + name);
        };
    }

    /** The engine wants to read the fraction where it stands. */
    private static String percentile(AggregateCall call, RelNode input, String table) {
        RexNode fraction = input instanceof Project project
                ? project.getProjects().get(call.getArgList().getFirst())
                : null;
        java.math.BigDecimal value = number(fraction);
        var by = call.getCollation().getFieldCollations();
        if (value == null || by.size() != 1) {
            throw SqlProblems.notSupported("PERCENTILE_CONT with other than a number and one order");
        }
        RelDataType ordered = input.getRowType()
                .getFieldList()
                .get(by.getFirst().getFieldIndex())
                .getType();
        if (!SqlTypeUtil.isNumeric(ordered)) {
            throw SqlProblems.notSupported("PERCENTILE_CONT of what is no number");
        }
        java.math.BigDecimal rising =
                by.getFirst().getDirection().isDescending() ? java.math.BigDecimal.ONE.subtract(value) : value;
        return "QUANTILE_CONT(CAST(%s.c%d AS DOUBLE), %s)"
                .formatted(table, by.getFirst().getFieldIndex(), rising.toPlainString());
    }

    private static java.math.@Nullable BigDecimal number(@Nullable RexNode node) {
        return node instanceof RexLiteral literal && !literal.isNull()
                ? literal.getValueAs(java.math.BigDecimal.class)
                : null;
    }
}
