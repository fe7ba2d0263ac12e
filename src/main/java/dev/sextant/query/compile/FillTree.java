package dev.sextant.query.compile;

import dev.sextant.engine.FieldType;
import dev.sextant.query.model.ColumnInfo;
import dev.sextant.query.model.Compared;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.Dimension;
import dev.sextant.query.model.Dimension.TimeBucket;
import dev.sextant.query.model.Measure;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalTableFunctionScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.tools.RelBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Shows the buckets of time that nothing fell into: a grid of all buckets and all combinations of the other dimensions that
 * occur, beside which the groups are laid.
 */
final class FillTree {

    private final RelBuilder builder;
    private final Shape shape;
    private final Shape.Filling filling;
    private final DatasetModel model;
    private final Parameters parameters;
    private final GroupTree groups;
    private final int time;

    FillTree(RelBuilder builder, Shape shape, DatasetModel model, Parameters parameters, GroupTree groups) {
        this.builder = builder;
        this.shape = shape;
        this.filling = Objects.requireNonNull(shape.filling());
        this.model = model;
        this.parameters = parameters;
        this.groups = groups;
        this.time = shape.bucketPlace();
    }

    /** The groups, and the gaps between them. */
    void rows(List<ColumnInfo> columns) {
        grid();
        groups.rows();
        List<RexNode> marked = new ArrayList<>(builder.fields());
        marked.add(builder.literal(true));
        builder.project(marked, SourceTree.names("#", marked.size()), true);
        int keys = shape.keys();
        List<RexNode> same = new ArrayList<>();
        for (int i = 0; i < keys; i++) {
            same.add(builder.call(
                    SqlStdOperatorTable.IS_NOT_DISTINCT_FROM, builder.field(2, 0, i), builder.field(2, 1, i)));
        }
        builder.join(
                JoinRelType.LEFT, same.size() == 1 ? same.getFirst() : builder.call(SqlStdOperatorTable.AND, same));
        RexNode isGap = builder.isNull(builder.field(keys + columns.size()));
        List<RexNode> outputs = new ArrayList<>(builder.fields().subList(0, keys));
        List<@Nullable RexNode> gap = gap(columns);
        for (int i = 0; i < gap.size(); i++) {
            RexNode value = builder.field(2 * keys + i);
            RexNode filled = gap.get(i);
            outputs.add(filled == null ? value : builder.call(SqlStdOperatorTable.CASE, isGap, filled, value));
        }
        builder.project(outputs, SourceTree.names("#", outputs.size()), true);
        if (filling.buckets() != null) {
            builder.aggregate(builder.groupKey(builder.fields())); // such an engine sorts nothing but groups
        }
    }

    /** One row: how many combinations of the other dimensions there are, of which no more are counted than may be. */
    void combinationCount() {
        combinations();
        builder.aggregate(builder.groupKey(), builder.count().as("#0"));
    }

    private void grid() {
        boolean alone = shape.keys() == 1;
        if (!alone) {
            combinations();
        }
        buckets((TimeBucket) shape.dimensions().get(time));
        if (!alone) {
            builder.join(JoinRelType.INNER, builder.literal(true));
        }
        List<RexNode> keys = new ArrayList<>(builder.fields());
        RexNode bucket = keys.removeLast();
        keys.add(time, bucket);
        builder.project(keys, SourceTree.names("=", keys.size()), true);
    }

    private void combinations() {
        List<Dimension> others = new ArrayList<>(shape.dimensions());
        others.remove(time);
        groups.keys(others, shape.others() != null);
        builder.sortLimit(null, parameters.addNumberOfRows(filling.combinationsMax()), List.of());
    }

    /** From a list that the query brings. */
    private void listed(Slot buckets) {
        RexNode list = builder.call(Operators.UNNEST, parameters.add(buckets));
        RelDataType row = builder.getTypeFactory()
                .builder()
                .add("EXPR$0", SqlTypeName.BIGINT)
                .build();
        builder.push(LogicalTableFunctionScan.create(builder.getCluster(), List.of(), list, null, row, null));
        builder.project(List.of(builder.field(0)), List.of("/time"), true);
    }

    private void buckets(TimeBucket bucket) {
        if (filling.buckets() != null) {
            listed(filling.buckets());
            return;
        }
        Shape.Range range = Objects.requireNonNull(shape.range());
        BucketTree tree = groups.buckets();
        builder.values(new String[] {"zero"}, 0);
        builder.project(
                List.of(tree.instantsOfAll(
                        bucket,
                        parameters.add(range.from()),
                        parameters.add(range.to()),
                        parameters.add(range.last()))),
                List.of("/0"),
                true);
        builder.filter(
                builder.isNotNull(builder.field(0))); // keeps it a SELECT of its own: grouping comes after unnesting
        builder.project(List.of(tree.name(bucket, tree.key(bucket, builder.field(0)))), List.of("/time"), true);
        builder.distinct();
    }

    /** What the columns after the keys are in a gap; null where they are missing. */
    private List<@Nullable RexNode> gap(List<ColumnInfo> columns) {
        List<@Nullable RexNode> gap = new ArrayList<>();
        List<Measure> measures = shape.measures();
        for (int i = 0; i < measures.size(); i++) {
            gap.add(gap(measures.get(i), columns.get(shape.keys() + i)));
        }
        if (shape.earlier() != null) {
            for (int i = 0; i < measures.size(); i++) {
                gap.add(gap.get(i));
                if (Compared.isNumber(columns.get(shape.keys() + i))) {
                    gap.add(null); // the change from nothing to nothing
                }
            }
        }
        return gap;
    }

    private @Nullable RexNode gap(Measure measure, ColumnInfo column) {
        if (counts(measure)) {
            return builder.literal(0);
        }
        Double value = filling.fill().value();
        if (value == null || !Compared.isNumber(column)) {
            return null;
        }
        return builder.literal(
                column.type() == FieldType.DOUBLE ? BigDecimal.valueOf(value) : (Object) value.longValue());
    }

    private boolean counts(Measure measure) {
        return switch (measure) {
            case Measure.Named named ->
                counts(model.measure(named.measure()).orElseThrow().definition());
            case Measure.Aggregate aggregate ->
                aggregate.function() == Measure.Function.COUNT
                        || aggregate.function() == Measure.Function.COUNT_DISTINCT;
            case Measure.Ratio _, Measure.Computed _ -> false;
        };
    }
}
