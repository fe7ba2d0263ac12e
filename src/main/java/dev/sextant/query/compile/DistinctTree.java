package dev.sextant.query.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.tools.RelBuilder.AggCall;
import org.jspecify.annotations.Nullable;

/**
 * Groups what is on top of the builder, and counts distinct values, for an engine that counts only one thing so, and
 * that alone, without mistakes: it groups by the values, and counts groups.
 *
 * <p>Every row is taken once for each count, and once for all other aggregates; a number tells for which. Grouped by keys,
 * number and value, the other aggregates have one group for each combination of keys, whose number is 0.
 */
final class DistinctTree {

    private final RelBuilder builder;
    private final List<MeasureTree.Pending> calls;
    private final List<MeasureTree.Pending> counted;

    DistinctTree(RelBuilder builder, List<MeasureTree.Pending> calls) {
        this.builder = builder;
        this.calls = calls;
        this.counted = calls.stream().filter(MeasureTree.Pending::isDistinct).toList();
    }

    /** Leaves the keys, which are columns, and then what comes of each call. */
    void aggregate(List<RexNode> keys) {
        int width = builder.fields().size();
        boolean alone = calls.size() == 1;
        if (!alone) {
            builder.values(
                    new String[] {"%number"},
                    IntStream.rangeClosed(0, counted.size()).boxed().toArray());
            builder.join(JoinRelType.INNER, builder.literal(true));
        }
        List<RexNode> inputs = new ArrayList<>(builder.fields());
        for (int i = 0; i < counted.size(); i++) {
            inputs.add(value(counted.get(i), alone ? null : is(builder.field(width), i + 1)));
        }
        builder.project(inputs, SourceTree.names("@", inputs.size()), true);
        List<RexNode> groups = new ArrayList<>(keys);
        groups.addAll(builder.fields().subList(width, inputs.size()));
        RexNode isFirst = alone ? null : is(builder.field(width), 0);
        builder.aggregate(
                builder.groupKey(groups),
                calls.stream()
                        .filter(call -> !call.isDistinct())
                        .map(call -> call.only(builder, isFirst))
                        .toList());
        counts(keys.size(), alone);
    }

    private RexNode value(MeasureTree.Pending count, @Nullable RexNode isOfThis) {
        List<RexNode> conditions = new ArrayList<>();
        if (isOfThis != null) {
            conditions.add(isOfThis);
        }
        if (count.filter() != null) {
            conditions.add(count.filter());
        }
        RexNode value = Objects.requireNonNull(count.value());
        if (conditions.isEmpty()) {
            return value;
        }
        RexNode all = conditions.size() == 1
                ? conditions.getFirst()
                : RexUtil.flatten(builder.getRexBuilder(), builder.call(SqlStdOperatorTable.AND, conditions));
        RelDataType orNull = builder.getTypeFactory().createTypeWithNullability(value.getType(), true);
        return builder.getRexBuilder().makeCall(orNull, ExpressionOperators.CASE_WHEN, List.of(all, value));
    }

    private RexNode is(RexNode number, int wanted) {
        return builder.call(Operators.EQUALS, number, builder.literal(wanted));
    }

    private void counts(int keys, boolean alone) {
        int value = keys + (alone ? 0 : 1);
        int other = value + counted.size();
        List<AggCall> outer = new ArrayList<>();
        for (MeasureTree.Pending call : calls) {
            outer.add(
                    call.isDistinct()
                            ? builder.count(false, call.name(), builder.field(value++))
                            : builder.max(builder.field(other++))
                                    .filter(is(builder.field(keys), 0))
                                    .as(call.name()));
        }
        builder.aggregate(builder.groupKey(builder.fields().subList(0, keys)), outer);
        List<RexNode> outputs = new ArrayList<>(builder.fields());
        for (int i = 0; i < calls.size(); i++) {
            if (calls.get(i).isCount()) { // over nothing at all, there is no group whose number is 0
                outputs.set(
                        keys + i,
                        builder.call(SqlStdOperatorTable.COALESCE, outputs.get(keys + i), builder.literal(0)));
            }
        }
        builder.project(outputs, SourceTree.names("%", outputs.size()), true);
    }
}
