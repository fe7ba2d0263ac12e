package dev.sextant.query.compile;

import dev.sextant.engine.Table;
import dev.sextant.query.model.ColumnInfo;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.Dimension;
import dev.sextant.query.model.Fields;
import dev.sextant.query.model.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.tools.RelBuilder;

/** Builds the relational tree of one statement. Use it once. */
final class QueryTree {

    private final Shape shape;
    private final DatasetModel model;
    private final List<ColumnInfo> columns;
    private final RelBuilder builder;
    private final Parameters parameters;
    private final FieldTree fields;
    private final FilterTree filters;

    QueryTree(Shape shape, Scanned scanned, DatasetModel model, List<ColumnInfo> columns) {
        this.shape = shape;
        this.model = model;
        this.columns = columns;
        this.builder = TenantTables.builder(scanned);
        this.parameters = new Parameters(builder.getRexBuilder());
        this.fields = new FieldTree(builder, Fields.of(model), parameters);
        this.filters = new FilterTree(builder, model, parameters, fields::value);
        scan(scanned.path());
    }

    Parameters parameters() {
        return parameters;
    }

    /** The events that are looked at. */
    RelNode events() {
        return builder.build();
    }

    /** All groups, in no order. */
    RelNode groups() {
        aggregate(shape.dimensions());
        return builder.build();
    }

    /** The rows of one page. */
    RelNode rows() {
        aggregate(shape.dimensions());
        PageTree page = new PageTree(builder, parameters, SortKey.of(shape.order(), columns));
        List<RexNode> conditions = new ArrayList<>();
        if (shape.having() != null) {
            conditions.add(new FilterTree(builder, model, parameters, this::column).condition(shape.having()));
        }
        if (shape.after() != null) {
            conditions.add(page.comesAfter(shape.after()));
        }
        keep(conditions);
        if (!shape.dimensions().isEmpty()) { // else there is but one row
            page.sort(shape.limit());
        }
        return builder.build();
    }

    /** The measures over all rows, whatever is shown of them. */
    RelNode totals() {
        aggregate(List.of());
        return builder.build();
    }

    /** Whatever any statement reads comes through here. */
    private void scan(List<String> path) {
        builder.scan(path);
        List<RexNode> conditions = new ArrayList<>();
        if (shape.range() != null) {
            RexNode time = builder.field(Table.TIME);
            conditions.add(builder.call(
                    Operators.GREATER_OR_EQUAL,
                    time,
                    parameters.add(shape.range().from())));
            conditions.add(builder.call(
                    Operators.LESS, time, parameters.add(shape.range().to())));
        }
        if (shape.version() != null) {
            conditions.add(builder.call(
                    Operators.LESS_OR_EQUAL, builder.field(Table.VERSION), parameters.add(shape.version())));
        }
        if (shape.filter() != null) {
            conditions.add(filters.condition(shape.filter()));
        }
        keep(conditions);
    }

    private void keep(List<RexNode> conditions) {
        builder.filter(conditions.stream()
                .flatMap(condition -> RelOptUtil.conjunctions(condition).stream())
                .toList());
    }

    private void aggregate(List<Dimension> dimensions) {
        BucketTree buckets = new BucketTree(builder);
        List<RexNode> inputs = new ArrayList<>();
        for (Dimension dimension : dimensions) {
            RexNode value = fields.value(dimension);
            inputs.add(dimension instanceof Dimension.TimeBucket bucket ? buckets.key(bucket, value) : value);
        }
        MeasureTree measures = new MeasureTree(builder, model, parameters, inputs);
        for (Measure measure : shape.measures()) {
            measures.add(measure, fields, filters);
        }
        if (!inputs.isEmpty()) {
            builder.project(inputs, names("@", inputs.size()), true);
        }
        List<RexNode> keys = builder.fields().subList(0, dimensions.size());
        builder.aggregate(builder.groupKey(keys), measures.calls());
        List<RexNode> outputs = new ArrayList<>();
        for (int i = 0; i < dimensions.size(); i++) {
            RexNode key = builder.field(i);
            outputs.add(dimensions.get(i) instanceof Dimension.TimeBucket bucket ? buckets.name(bucket, key) : key);
        }
        outputs.addAll(measures.results(shape.measures(), dimensions.size()));
        builder.project(outputs, names("#", outputs.size()), true);
    }

    /** Columns go by their place, under names that no field can have: callers' names never reach the SQL. */
    private static List<String> names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }

    private RexNode column(String name) {
        return builder.field(columns.stream().map(ColumnInfo::name).toList().indexOf(name));
    }
}
