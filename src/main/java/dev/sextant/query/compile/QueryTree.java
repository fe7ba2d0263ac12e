package dev.sextant.query.compile;

import dev.sextant.query.model.ColumnInfo;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.Grouping;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.jspecify.annotations.Nullable;

/** Builds the relational tree of one statement. Use it once. */
final class QueryTree {

    private final Shape shape;
    private final DatasetModel model;
    private final List<ColumnInfo> columns;
    private final RelBuilder builder;
    private final Parameters parameters;
    private final SourceTree source;
    private final GroupTree groups;

    /** @param columns of the rows, also those that are not shown */
    QueryTree(Shape shape, Scanned scanned, DatasetModel model, List<ColumnInfo> columns) {
        this.shape = shape;
        this.model = model;
        this.columns = columns;
        this.builder = TenantTables.builder(scanned);
        this.parameters = new Parameters(builder.getRexBuilder(), scanned.dialect());
        this.source = new SourceTree(builder, shape, scanned, model, parameters);
        this.groups = new GroupTree(builder, shape, source, columns);
    }

    Parameters parameters() {
        return parameters;
    }

    /** The events that are looked at. */
    RelNode events() {
        source.scan();
        return builder.build();
    }

    /** All groups, in no order, as a rollup keeps them. */
    RelNode cells() {
        groups.cells();
        return builder.build();
    }

    /** How many groups there are. */
    RelNode groupCount() {
        groups.rows();
        builder.aggregate(builder.groupKey(), builder.count().as("#0"));
        return builder.build();
    }

    /** The rows of one page, and before them the subtotals, if any. */
    RelNode rows() {
        all();
        PageTree page = new PageTree(builder, parameters, SortKey.of(shape.order(), columns));
        List<RexNode> conditions = new ArrayList<>();
        if (shape.having() != null) {
            conditions.add(shown(new FilterTree(builder, model, parameters, this::column).condition(shape.having())));
        }
        if (shape.after() != null) {
            conditions.add(page.comesAfter(shape.after()));
        }
        SourceTree.keep(builder, conditions);
        if (!shape.fields().isEmpty() || !shape.dimensions().isEmpty()) { // else there is but one row
            page.sort(level(), shape.limit());
        }
        return builder.build();
    }

    private void all() {
        if (!shape.fields().isEmpty()) {
            source.events(columns.subList(shape.fields().size(), columns.size()));
        } else if (shape.filling() != null) {
            fill().rows(columns);
        } else if (shape.grouping() != null) {
            groups.rowsAndSubtotals(levels(shape.grouping()));
        } else {
            groups.rows();
        }
    }

    private FillTree fill() {
        return new FillTree(builder, shape, model, parameters, groups);
    }

    /** The full level first, then those of subtotals; the totals are a level, too, where they are wanted. */
    private List<List<Integer>> levels(Grouping grouping) {
        List<String> names = columns.stream().map(ColumnInfo::name).toList();
        List<List<Integer>> levels = new ArrayList<>();
        levels.add(IntStream.range(0, shape.dimensions().size()).boxed().toList());
        grouping.levels()
                .forEach(level -> levels.add(level.stream().map(names::indexOf).toList()));
        if (shape.totals()) {
            levels.add(List.of());
        }
        return levels;
    }

    /** Which keys a row rolls up; null where there are no subtotals. */
    private @Nullable RexNode level() {
        return shape.grouping() == null ? null : builder.field(columns.size());
    }

    /** Subtotals are shown whatever is shown of the rows. */
    private RexNode shown(RexNode having) {
        RexNode level = level();
        return level == null
                ? having
                : RexUtil.flatten(
                        builder.getRexBuilder(),
                        builder.call(
                                SqlStdOperatorTable.OR,
                                builder.call(Operators.GREATER, level, builder.literal(0)),
                                having)); // Calcite insists
    }

    /** The measures over all rows, whatever is shown of them. */
    RelNode totals() {
        groups.totals();
        return builder.build();
    }

    /** See {@link FillTree#combinationCount}. */
    RelNode combinationCount() {
        fill().combinationCount();
        return builder.build();
    }

    private RexNode column(String name) {
        return builder.field(columns.stream().map(ColumnInfo::name).toList().indexOf(name));
    }
}
