package dev.sextant.query.compile;

import dev.sextant.query.model.ColumnInfo;
import dev.sextant.query.model.Compared;
import dev.sextant.query.model.Dimension;
import dev.sextant.query.model.Dimension.TimeBucket;
import dev.sextant.query.model.Measure;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.tools.RelBuilder;

/** Groups what {@link SourceTree} makes, and tells the columns of the answer for each group. */
final class GroupTree {

    private final RelBuilder builder;
    private final Shape shape;
    private final SourceTree source;
    private final List<ColumnInfo> columns;
    private final BucketTree buckets;

    GroupTree(RelBuilder builder, Shape shape, SourceTree source, List<ColumnInfo> columns) {
        this.builder = builder;
        this.shape = shape;
        this.source = source;
        this.columns = columns;
        this.buckets = source.buckets();
    }

    /** One row for each combination that occurs of these dimensions, some of the query's: its keys. */
    void keys(List<Dimension> dimensions, boolean gathers) {
        SourceTree.Inputs inputs = source.inputs(gathers ? shape.dimensions() : dimensions, List.of(), gathers);
        if (builder.fields().size() > dimensions.size()) { // keys with parameters are grouped by where they are made
            List<RexNode> keys = new ArrayList<>();
            dimensions.forEach(dimension ->
                    keys.add(builder.field(gathers ? shape.dimensions().indexOf(dimension) : keys.size())));
            if (inputs.isOther() >= 0) {
                keys.add(builder.field(inputs.isOther()));
            }
            builder.project(keys, SourceTree.names("+", keys.size()), true);
        }
        builder.distinct();
    }

    BucketTree buckets() {
        return buckets;
    }

    /** The measures over everything. */
    void totals() {
        group(List.of(), List.of(), false);
    }

    /** One row for each group. */
    void rows() {
        group(shape.dimensions(), List.of(), true);
    }

    /**
     * One row for each group, as a rollup keeps it: a sum beyond all doubles is infinite there, and so is whatever it is added
     * to; as missing it would be passed over.
     */
    void cells() {
        SourceTree.Inputs inputs = source.inputs(shape.dimensions(), shape.measures(), true);
        int keys = shape.dimensions().size();
        source.aggregate(builder.fields().subList(0, keys), calls(inputs));
        List<RexNode> outputs = names(shape.dimensions(), keys);
        outputs.addAll(builder.fields().subList(keys, builder.fields().size()));
        builder.project(outputs, SourceTree.names("#", outputs.size()), true);
    }

    /**
     * One row for each group of each level, in which the keys that it rolls up are null; and after the columns, which keys
     * these are: a bit for each dimension, the first one's is the highest.
     */
    void rowsAndSubtotals(List<List<Integer>> levels) {
        group(shape.dimensions(), levels, true);
    }

    private void group(List<Dimension> dimensions, List<List<Integer>> levels, boolean gathers) {
        SourceTree.Inputs inputs = source.inputs(dimensions, shape.measures(), gathers);
        List<RexNode> keys = new ArrayList<>(builder.fields().subList(0, dimensions.size()));
        if (inputs.isOther() >= 0) {
            keys.add(builder.field(inputs.isOther()));
        }
        List<MeasureTree.Pending> calls = calls(inputs);
        int perPeriod = inputs.isCurrent() < 0 ? calls.size() : calls.size() / 2;
        if (levels.isEmpty()) {
            source.aggregate(keys, calls);
        } else {
            List<List<RexNode>> sets = levels.stream()
                    .map(level -> level.stream().map(keys::get).toList())
                    .toList();
            source.aggregate(keys, sets, calls);
        }
        List<RexNode> outputs = names(dimensions, keys.size());
        outputs.addAll(results(inputs, keys.size(), perPeriod));
        if (!levels.isEmpty()) {
            outputs.add(builder.field(builder.fields().size() - 1));
        }
        builder.project(outputs, SourceTree.names("#", outputs.size()), true);
    }

    private List<MeasureTree.Pending> calls(SourceTree.Inputs inputs) {
        if (inputs.isCurrent() < 0) {
            return inputs.measures().calls("%", null);
        }
        RexNode isCurrent = builder.field(inputs.isCurrent());
        List<MeasureTree.Pending> calls = new ArrayList<>(inputs.measures().calls("%", isCurrent));
        calls.addAll(inputs.measures().calls("%%", builder.call(Operators.IS_NOT_TRUE, isCurrent)));
        return calls;
    }

    private List<RexNode> names(List<Dimension> dimensions, int keys) {
        List<RexNode> names = new ArrayList<>();
        for (int i = 0; i < keys; i++) {
            RexNode key = builder.field(i);
            boolean isBucket = i < dimensions.size() && dimensions.get(i) instanceof TimeBucket;
            names.add(isBucket ? buckets.name((TimeBucket) dimensions.get(i), key) : key);
        }
        return names;
    }

    private List<RexNode> results(SourceTree.Inputs inputs, int first, int perPeriod) {
        List<Measure> measures = shape.measures();
        List<RexNode> results = new ArrayList<>(inputs.measures().results(measures, first));
        if (inputs.isCurrent() < 0) {
            return results;
        }
        List<RexNode> current = List.copyOf(results);
        List<RexNode> previous = inputs.measures().results(measures, first + perPeriod);
        for (int i = 0; i < measures.size(); i++) {
            results.add(previous.get(i));
            if (Compared.isNumber(columns.get(shape.keys() + i))) {
                results.add(changePercent(current.get(i), previous.get(i)));
            }
        }
        return results;
    }

    /** Null where there is nothing to compare with, where that is 0, and beyond all doubles: so it is sorted, too. */
    private RexNode changePercent(RexNode current, RexNode previous) {
        RexNode before = builder.call(Operators.NUMBER, previous);
        RexNode change = builder.call(Operators.MINUS, builder.call(Operators.NUMBER, current), before);
        RexNode size = builder.call(Operators.NULLIF, builder.call(Operators.ABS, before), builder.literal(0));
        RexNode percent =
                builder.call(Operators.DIVIDED_BY, builder.call(Operators.TIMES, change, builder.literal(100)), size);
        return new ArithmeticTree(builder).finite(percent);
    }
}
