package dev.sextant.query.compile;

import dev.sextant.engine.Table;
import dev.sextant.query.model.ColumnInfo;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.Dimension;
import dev.sextant.query.model.Dimension.TimeBucket;
import dev.sextant.query.model.Fields;
import dev.sextant.query.model.Measure;
import dev.sextant.query.model.Others;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.tools.RelBuilder.AggCall;
import org.jspecify.annotations.Nullable;

/**
 * Makes what is aggregated: the events of the range, and those of the period that is compared with, each as what it is
 * grouped by and what measures take in.
 */
final class SourceTree {

    /**
     * What is on top of the builder: keys, what the measures take in, and marks.
     *
     * @param isCurrent the column that is false for events of the compared period; -1 where nothing is compared
     * @param isOther the column that is true for what is gathered; -1 where nothing is
     */
    record Inputs(MeasureTree measures, int isCurrent, int isOther) {}

    private final RelBuilder builder;
    private final Shape shape;
    private final Scanned scanned;
    private final DatasetModel model;
    private final Parameters parameters;
    private final FieldTree fields;
    private final FilterTree filters;
    private final BucketTree buckets;

    /** @param model of what is seen of the table that is read */
    SourceTree(RelBuilder builder, Shape shape, Scanned scanned, DatasetModel model, Parameters parameters) {
        this.builder = builder;
        this.shape = shape;
        this.scanned = scanned;
        this.model = model;
        this.parameters = parameters;
        this.fields = new FieldTree(builder, Fields.of(model), parameters, MaskTree.sealed(scanned));
        this.filters = new FilterTree(builder, model, parameters, fields::value);
        this.buckets = new BucketTree(builder, shape.clocks(), scanned.dialect());
    }

    BucketTree buckets() {
        return buckets;
    }

    /** Columns go by their place, under names that no field can have: callers' names never reach the SQL. */
    static List<String> names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }

    /** The events of the range, with all that they say. */
    void scan() {
        scan(shape.range());
    }

    /** The events themselves, with these fields and those that make every order a full one. */
    void events(List<ColumnInfo> ties) {
        scan(shape.range());
        List<RexNode> outputs = new ArrayList<>();
        shape.fields().forEach(field -> outputs.add(fields.value(field.field())));
        ties.forEach(tie -> outputs.add(builder.field(tie.name())));
        if (!scanned.isPooled()) {
            builder.project(outputs, names("#", outputs.size()), true);
            return;
        }
        // Events are not sorted by anything but groups are; the version tells any two apart.
        outputs.add(builder.field(Table.VERSION));
        builder.project(outputs, names("#", outputs.size()), true);
        builder.aggregate(builder.groupKey(builder.fields()));
        builder.project(builder.fields().subList(0, outputs.size() - 1), names("#", outputs.size() - 1), true);
    }

    /** @param gathers whether the others are told from those that are kept */
    Inputs inputs(List<Dimension> dimensions, List<Measure> measures, boolean gathers) {
        Inputs current;
        if (shape.earlier() != null && scanned.isPooled()) {
            current = periods(dimensions, measures, shape.earlier());
        } else {
            current = period(dimensions, measures, null);
            if (shape.earlier() != null) {
                period(dimensions, measures, shape.earlier());
                builder.union(true);
            }
        }
        if (!gathers || shape.others() == null) {
            return current;
        }
        int isOther = builder.fields().size();
        gather(shape.others(), shape.othersPlace());
        return new Inputs(current.measures(), current.isCurrent(), isOther);
    }

    private Inputs period(List<Dimension> dimensions, List<Measure> measures, Shape.@Nullable Earlier earlier) {
        scan(earlier == null ? shape.range() : earlier.range());
        List<RexNode> inputs = new ArrayList<>();
        dimensions.forEach(dimension -> inputs.add(toldApart(key(dimension, earlier), inputs)));
        MeasureTree tree = new MeasureTree(builder, model, parameters, inputs);
        measures.forEach(measure -> tree.add(measure, fields, filters));
        if (shape.earlier() != null) {
            inputs.add(builder.literal(earlier == null));
        }
        if (!inputs.isEmpty()) {
            builder.project(inputs, names("@", inputs.size()), true);
        }
        return new Inputs(tree, shape.earlier() == null ? -1 : inputs.size() - 1, -1);
    }

    /** Both periods of one scan; where they overlap, every event is looked at twice. */
    private Inputs periods(List<Dimension> dimensions, List<Measure> measures, Shape.Earlier earlier) {
        Shape.Range range = Objects.requireNonNull(shape.range());
        scan(() -> List.of(builder.call(SqlStdOperatorTable.OR, all(within(range)), all(within(earlier.range())))));
        RexNode isCurrent = earlier.overlaps() ? copied(range, earlier.range()) : all(within(range));
        List<RexNode> inputs = new ArrayList<>();
        for (Dimension dimension : dimensions) {
            RexNode now = key(dimension, null);
            RexNode then = key(dimension, earlier);
            RexNode key = now.equals(then)
                    ? now
                    : builder.getRexBuilder()
                            .makeCall(now.getType(), ExpressionOperators.CASE_WHEN, List.of(isCurrent, now, then));
            inputs.add(toldApart(key, inputs));
        }
        MeasureTree tree = new MeasureTree(builder, model, parameters, inputs);
        measures.forEach(measure -> tree.add(measure, fields, filters));
        inputs.add(isCurrent);
        builder.project(inputs, names("@", inputs.size()), true);
        return new Inputs(tree, inputs.size() - 1, -1);
    }

    /** Makes of each event one for each period that it lies in; says whether it is that of the range. */
    private RexNode copied(Shape.Range range, Shape.Range earlier) {
        builder.values(new String[] {"%period"}, 1, 0);
        builder.join(JoinRelType.INNER, builder.literal(true));
        RexNode period = builder.field("%period");
        RexNode isCurrent = builder.call(Operators.EQUALS, period, builder.literal(1));
        List<RexNode> current = new ArrayList<>(within(range));
        current.add(isCurrent);
        List<RexNode> previous = new ArrayList<>(within(earlier));
        previous.add(builder.call(Operators.EQUALS, period, builder.literal(0)));
        builder.filter(builder.call(SqlStdOperatorTable.OR, all(current), all(previous)));
        return builder.call(Operators.EQUALS, builder.field("%period"), builder.literal(1));
    }

    private RexNode all(List<RexNode> conditions) {
        return RexUtil.flatten(
                builder.getRexBuilder(), builder.call(SqlStdOperatorTable.AND, conditions)); // Calcite insists
    }

    /** Leaves the keys, and what comes of each call. */
    void aggregate(List<RexNode> keys, List<MeasureTree.Pending> calls) {
        if (scanned.isPooled() && calls.stream().anyMatch(MeasureTree.Pending::isDistinct)) {
            if (shape.earlier() != null && shape.earlier().overlaps()) {
                throw Phrase.refusal(
                        "Exact counts of distinct values of two periods that overlap",
                        "set \"exact\": false on the counts, or compare with an earlier period");
            }
            new DistinctTree(builder, calls).aggregate(keys);
        } else {
            builder.aggregate(
                    builder.groupKey(keys),
                    calls.stream().map(MeasureTree.Pending::made).toList());
        }
    }

    /** The same of several levels at once, and a last column that tells which keys are rolled up. */
    void aggregate(List<RexNode> keys, List<List<RexNode>> levels, List<MeasureTree.Pending> calls) {
        if (scanned.isPooled() && calls.stream().anyMatch(MeasureTree.Pending::isDistinct)) {
            throw Phrase.refusal(
                    "Subtotals of exact counts of distinct values",
                    "set \"exact\": false on the counts, or ask for each level by a query");
        }
        List<AggCall> made =
                new ArrayList<>(calls.stream().map(MeasureTree.Pending::made).toList());
        made.add(builder.aggregateCall(SqlStdOperatorTable.GROUPING, keys).as("%level"));
        builder.aggregate(builder.groupKey(keys, levels), made);
    }

    /** What is grouped by twice is written in two ways: else a level that rolls up the one would roll up neither. */
    private RexNode toldApart(RexNode key, List<RexNode> others) {
        RexNode told = key;
        if (scanned.isPooled() && shape.grouping() != null && others.contains(told)) {
            throw Phrase.refusal("Subtotals by one thing twice", "group by it once");
        }
        while (shape.grouping() != null && others.contains(told)) {
            told = builder.getRexBuilder().makeCall(key.getType(), ExpressionOperators.COALESCE, List.of(told, key));
        }
        return told;
    }

    private RexNode key(Dimension dimension, Shape.@Nullable Earlier earlier) {
        RexNode value = fields.value(dimension);
        if (!(dimension instanceof TimeBucket bucket)) {
            return value;
        }
        if (earlier == null || !Fields.of(model).isTime(bucket.field())) {
            return buckets.key(bucket, value);
        }
        return buckets.key(bucket, shifted(bucket, value, earlier.shift()));
    }

    private RexNode shifted(TimeBucket bucket, RexNode instant, Shift shift) {
        RexNode shifted = buckets.shifted(shift, bucket, instant);
        if (!shift.isClamped() || shape.range() == null) {
            return shifted;
        }
        RexNode notTooLate = builder.call(
                Operators.LEAST, shifted, parameters.add(shape.range().last()));
        return builder.call(
                Operators.GREATEST, notTooLate, parameters.add(shape.range().from()));
    }

    /** Replaces a key by null for all rows but those of the largest, and adds the mark. */
    private void gather(Others others, int place) {
        largest(others, shape.dimensions().get(place));
        RexNode isSame = builder.call(
                SqlStdOperatorTable.IS_NOT_DISTINCT_FROM, builder.field(2, 0, place), builder.field(2, 1, 0));
        int inputs = builder.fields(2, 0).size();
        builder.join(JoinRelType.LEFT, isSame);
        RexNode isKept = builder.isNotNull(builder.field(inputs + 1));
        List<RexNode> outputs = new ArrayList<>(builder.fields().subList(0, inputs));
        RexNode key = outputs.get(place);
        outputs.set(
                place,
                builder.call(
                        SqlStdOperatorTable.CASE,
                        isKept,
                        key,
                        builder.getRexBuilder().makeNullLiteral(key.getType())));
        outputs.add(builder.isNull(builder.field(inputs + 1)));
        builder.project(outputs, names("@", outputs.size()), true);
    }

    /** The values of the dimension for which the measure is largest in the range itself, each with a mark. */
    private void largest(Others others, Dimension dimension) {
        Measure by = shape.measures().stream()
                .filter(measure -> measure.as().equals(others.by()))
                .findFirst()
                .orElseThrow();
        scan(shape.range());
        List<RexNode> inputs = new ArrayList<>();
        inputs.add(fields.value(dimension));
        MeasureTree tree = new MeasureTree(builder, model, parameters, inputs);
        tree.add(by, fields, filters);
        builder.project(inputs, names("@", inputs.size()), true);
        aggregate(List.of(builder.field(0)), tree.calls("%", null));
        List<RexNode> outputs = new ArrayList<>();
        outputs.add(builder.field(0));
        outputs.addAll(tree.results(List.of(by), 1));
        builder.project(outputs, names("~", 2), true);
        builder.sortLimit(
                builder.literal(0),
                builder.literal(others.limit()),
                List.of(builder.nullsLast(builder.desc(builder.field(1))), builder.nullsLast(builder.field(0))));
        builder.project(List.of(builder.field(0), builder.literal(true)), List.of("~0", "~kept"), true);
    }

    /** Whatever any statement reads comes through here. */
    private void scan(Shape.@Nullable Range range) {
        scan(() -> range == null ? List.of() : within(range));
    }

    /** @param within what is asked of the time, once there is a table to ask */
    private void scan(Supplier<List<RexNode>> within) {
        ScanTree.scan(builder, scanned, parameters);
        List<RexNode> conditions = new ArrayList<>(within.get());
        if (shape.version() != null) {
            conditions.add(builder.call(
                    Operators.LESS_OR_EQUAL, builder.field(Table.VERSION), parameters.add(shape.version())));
        }
        if (shape.filter() != null) {
            conditions.add(filters.condition(shape.filter()));
        }
        keep(builder, conditions);
    }

    /** A shared table is cut by the engine's own moments, which leave out what it need not look at. */
    private List<RexNode> within(Shape.Range range) {
        RexNode time = builder.field(Table.TIME);
        List<RexNode> conditions = new ArrayList<>();
        conditions.add(builder.call(Operators.GREATER_OR_EQUAL, time, parameters.add(range.from())));
        conditions.add(builder.call(Operators.LESS, time, parameters.add(range.to())));
        if (scanned.isPooled()) {
            RexNode moment = builder.field(ScanTree.MILLIS);
            conditions.add(builder.call(Operators.NOT_BEFORE, moment, parameters.add(range.from())));
            conditions.add(builder.call(Operators.NOT_AFTER, moment, parameters.add(range.to())));
        }
        return conditions;
    }

    static void keep(RelBuilder builder, List<RexNode> conditions) {
        builder.filter(conditions.stream()
                .flatMap(condition -> RelOptUtil.conjunctions(condition).stream())
                .toList());
    }
}
