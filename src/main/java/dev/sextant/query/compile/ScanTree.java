package dev.sextant.query.compile;

import dev.sextant.engine.Bound;
import dev.sextant.engine.PooledColumns;
import dev.sextant.engine.Table;
import dev.sextant.query.model.Fields;
import dev.sextant.query.model.Sight;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;

/**
 * Puts the table that is read on top of a builder, as it is seen: without the events that are kept back, without the
 * columns, and with masks in place of values. Nothing that is put above it can see through.
 */
final class ScanTree {

    /** The engine's own moment of a shared table: no field can be called so. */
    static final String MILLIS = "%millis";

    private ScanTree() {}

    static void scan(RelBuilder builder, Scanned scanned, Parameters parameters) {
        builder.scan(scanned.table());
        if (scanned.isPooled()) {
            own(builder, scanned, parameters);
        }
        Sight sight = scanned.sight();
        if (sight == null) {
            return;
        }
        if (sight.rows() != null) {
            FieldTree fields = new FieldTree(builder, Fields.of(sight.whole()), parameters, Set.of());
            FilterTree filters = new FilterTree(builder, sight.whole(), parameters, fields::value);
            SourceTree.keep(builder, List.of(filters.condition(sight.rows())));
        }
        project(builder, scanned, sight, parameters);
    }

    /** Of a table that others may share, the dataset's events of the snapshot, as if there were no others. */
    private static void own(RelBuilder builder, Scanned scanned, Parameters parameters) {
        SourceTree.keep(
                builder,
                List.of(
                        bound(builder, Operators.EQUALS, PooledColumns.TENANT, parameters.add(Bound.TENANT)),
                        bound(builder, Operators.EQUALS, PooledColumns.DATASET, parameters.add(Bound.DATASET)),
                        bound(builder, Operators.LESS_OR_EQUAL, Table.VERSION, parameters.add(Bound.VERSION))));
        List<RexNode> outputs = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Table.Column column : scanned.columns()) {
            outputs.add(builder.field(PooledColumns.of(column)));
            names.add(column.name());
        }
        outputs.add(builder.field(PooledColumns.MILLIS));
        names.add(MILLIS);
        builder.project(outputs, names, true);
    }

    private static RexNode bound(RelBuilder builder, SqlOperator operator, String column, RexNode value) {
        return builder.call(operator, builder.field(column), value);
    }

    private static void project(RelBuilder builder, Scanned scanned, Sight sight, Parameters parameters) {
        MaskTree masks = new MaskTree(builder, scanned, sight, parameters);
        Set<String> gone = gone(scanned, sight);
        List<RexNode> outputs = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Table.Column column : scanned.columns()) {
            if (!gone.contains(column.name())) {
                outputs.add(masks.value(column));
                names.add(column.name());
            }
        }
        if (scanned.isPooled()) {
            outputs.add(builder.field(MILLIS));
            names.add(MILLIS);
        }
        builder.project(outputs, names, true);
    }

    /** Whether the node is what this class puts above a table: there alone a projection has the table's own names. */
    static boolean isSeen(RelNode node) {
        return node instanceof Project project
                && project.getRowType().getFieldNames().contains(Table.TIME);
    }

    /** What only tells whose events they are, and those know who look for them. */
    private static boolean isOfBounds(Filter filter) {
        return filter.getInput() instanceof TableScan scan
                && scan.getTable().getQualifiedName().getLast().equals(PooledColumns.EVENTS);
    }

    /** Columns of the table that the model which is seen does not have. */
    private static Set<String> gone(Scanned scanned, Sight sight) {
        Set<String> gone = new HashSet<>();
        scanned.columns().forEach(column -> {
            if (!Table.isReserved(column.name()) && !sight.fields().contains(column.name())) {
                gone.add(column.name());
            }
        });
        return gone;
    }

    /**
     * The same events as one condition on the table.
     *
     * @param events filters and what this class puts below them, and nothing else
     */
    static RelNode flat(RelNode events) {
        List<RexNode> conditions = new ArrayList<>();
        RelNode node = events;
        while (!(node instanceof TableScan)) {
            switch (node) {
                case Filter filter when isOfBounds(filter) -> {}
                case Filter filter -> conditions.addAll(RelOptUtil.conjunctions(filter.getCondition()));
                case Project project ->
                    conditions.replaceAll(condition -> RelOptUtil.pushPastProject(condition, project));
                default -> throw new IllegalArgumentException("These are not events alone");
            }
            node = node.getInput(0);
        }
        if (conditions.isEmpty()) {
            return node;
        }
        RexNode all = conditions.size() == 1
                ? conditions.getFirst()
                : RexUtil.flatten(
                        node.getCluster().getRexBuilder(),
                        node.getCluster().getRexBuilder().makeCall(SqlStdOperatorTable.AND, conditions));
        return org.apache.calcite.rel.logical.LogicalFilter.create(node, all);
    }
}
