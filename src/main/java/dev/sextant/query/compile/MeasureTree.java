package dev.sextant.query.compile;

import dev.sextant.query.expression.Expression;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.Measure;
import dev.sextant.query.model.Measure.Aggregate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.tools.RelBuilder.AggCall;
import org.jspecify.annotations.Nullable;

/**
 * Makes aggregates of measures, in three steps around the builder: what they take in (over the scan), the calls (over the
 * inputs), and what comes of them (over the aggregate).
 */
final class MeasureTree {

    /** An aggregate, and where its inputs stand among all inputs; -1 where it has none. */
    private record Part(Aggregate aggregate, int value, int filter) {}

    private final RelBuilder builder;
    private final DatasetModel model;
    private final Parameters parameters;
    private final List<RexNode> inputs;
    private final List<Part> parts = new ArrayList<>();

    /** @param inputs what rows are grouped by; what measures take in is added to it */
    MeasureTree(RelBuilder builder, DatasetModel model, Parameters parameters, List<RexNode> inputs) {
        this.builder = builder;
        this.model = model;
        this.parameters = parameters;
        this.inputs = inputs;
    }

    void add(Measure measure, FieldTree fields, FilterTree filters) {
        for (Aggregate aggregate : model.aggregates(measure)) {
            parts.add(new Part(
                    aggregate,
                    input(value(aggregate, fields)),
                    input(aggregate.filter() == null ? null : filters.condition(aggregate.filter()))));
        }
    }

    private Measure definition(Measure.Named named) {
        return model.measure(named.measure()).orElseThrow().definition();
    }

    private @Nullable RexNode value(Aggregate aggregate, FieldTree fields) {
        Expression expression = aggregate.expression();
        String field = aggregate.field();
        if (expression == null && field == null) {
            return null;
        }
        RexNode value = expression == null ? fields.value(Objects.requireNonNull(field)) : fields.value(expression);
        boolean sketch = aggregate.function() == Measure.Function.QUANTILE && !aggregate.exact();
        return sketch ? builder.call(Operators.NUMBER, value) : value;
    }

    private int input(@Nullable RexNode input) {
        if (input == null) {
            return -1;
        }
        inputs.add(input);
        return inputs.size() - 1;
    }

    /**
     * An aggregate that is not made yet.
     *
     * @param call without its filter
     * @param value that is counted where it is distinct; null where nothing is
     * @param filter which rows it looks at; null for all
     */
    record Pending(
            AggCall call,
            String name,
            @Nullable RexNode value,
            @Nullable RexNode filter,
            boolean isCount) {

        boolean isDistinct() {
            return value != null;
        }

        AggCall made() {
            return filter == null ? call.as(name) : call.as(name).filter(filter);
        }

        /** Of these rows alone. */
        AggCall only(RelBuilder builder, @Nullable RexNode rows) {
            if (rows == null || filter == null) {
                return rows == null ? made() : call.as(name).filter(rows);
            }
            return call.as(name).filter(builder.call(SqlStdOperatorTable.AND, rows, filter));
        }
    }

    /**
     * All calls; the builder is on top of the inputs.
     *
     * @param prefix of their columns' names
     * @param only which rows they look at; null for all
     */
    List<Pending> calls(String prefix, @Nullable RexNode only) {
        List<Pending> calls = new ArrayList<>();
        for (Part part : parts) {
            boolean isDistinct = part.aggregate().function() == Measure.Function.COUNT_DISTINCT
                    && part.aggregate().exact();
            calls.add(new Pending(
                    call(part),
                    prefix + calls.size(),
                    isDistinct ? builder.field(part.value()) : null,
                    filter(part, only),
                    part.aggregate().function() == Measure.Function.COUNT));
        }
        return calls;
    }

    private @Nullable RexNode filter(Part part, @Nullable RexNode only) {
        if (part.filter() < 0) {
            return only;
        }
        RexNode own = builder.field(part.filter());
        return only == null ? own : builder.call(SqlStdOperatorTable.AND, own, only);
    }

    private AggCall call(Part part) {
        if (part.value() < 0) {
            return builder.count();
        }
        RexNode value = builder.field(part.value());
        boolean exact = part.aggregate().exact();
        return switch (part.aggregate().function()) {
            case COUNT -> builder.sum(value); // of a field: counts that a rollup keeps
            case SUM -> is(value, SqlTypeName.BIGINT) ? call(Operators.WHOLE_SUM, value) : builder.sum(value);
            case AVG -> is(value, SqlTypeName.BIGINT) ? call(Operators.WHOLE_AVERAGE, value) : builder.avg(value);
            case MIN -> is(value, SqlTypeName.VARCHAR) ? call(Operators.TEXT_MIN, value) : builder.min(value);
            case MAX -> is(value, SqlTypeName.VARCHAR) ? call(Operators.TEXT_MAX, value) : builder.max(value);
            case COUNT_DISTINCT ->
                exact
                        ? builder.count(true, null, value)
                        : builder.aggregateCall(Operators.APPROX_COUNT_DISTINCT, value);
            case QUANTILE ->
                builder.aggregateCall(
                        Quantile.of(Objects.requireNonNull(part.aggregate().quantile()), exact), value);
        };
    }

    private AggCall call(SqlAggFunction function, RexNode value) {
        return builder.aggregateCall(function, value);
    }

    private static boolean is(RexNode value, SqlTypeName type) {
        return value.getType().getSqlTypeName() == type;
    }

    /**
     * What comes of the calls, one for each measure.
     *
     * @param first where the first call's column stands
     */
    List<RexNode> results(List<Measure> measures, int first) {
        List<RexNode> results = new ArrayList<>();
        int column = first;
        for (Measure measure : measures) {
            results.add(result(measure, column));
            column += model.aggregates(measure).size();
        }
        return results;
    }

    /** Counts that are summed are 0 over nothing, as counts are; doubles are finite or null. */
    private RexNode result(Aggregate aggregate, RexNode result) {
        return switch (aggregate.function()) {
            case COUNT ->
                aggregate.field() == null
                        ? result
                        : builder.call(SqlStdOperatorTable.COALESCE, result, builder.literal(0));
            case SUM, AVG, QUANTILE ->
                result.getType().getSqlTypeName() == SqlTypeName.DOUBLE
                        ? new ArithmeticTree(builder).finite(result) // what is shown as missing is sorted as missing
                        : result;
            case MIN, MAX, COUNT_DISTINCT -> result;
        };
    }

    private RexNode result(Measure measure, int column) {
        return switch (measure) {
            case Aggregate aggregate -> result(aggregate, builder.field(column));
            case Measure.Ratio _ -> ratio(builder.field(column), builder.field(column + 1));
            case Measure.Named named -> result(definition(named), column);
            case Measure.Computed computed -> computed(computed, column);
        };
    }

    private RexNode computed(Measure.Computed computed, int first) {
        Map<String, RexNode> nameToResult = new HashMap<>();
        int column = first;
        for (Measure operand : computed.operands()) {
            nameToResult.put(operand.as(), result(operand, column));
            column += model.aggregates(operand).size();
        }
        Function<String, RexNode> subjects =
                name -> Objects.requireNonNull(nameToResult.get(name), "An operand is missing");
        return new ExpressionTree(builder, parameters, subjects).value(computed.expression());
    }

    private RexNode ratio(RexNode dividend, RexNode divisor) {
        RexNode notZero = builder.call(Operators.NULLIF, builder.call(Operators.NUMBER, divisor), builder.literal(0));
        RexNode quotient = builder.call(Operators.DIVIDED_BY, builder.call(Operators.NUMBER, dividend), notZero);
        return new ArithmeticTree(builder).finite(quotient);
    }
}
