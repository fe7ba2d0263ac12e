package dev.sextant.query.compile;

import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.Fields;
import dev.sextant.query.model.Filter;
import dev.sextant.query.model.Filter.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;

/**
 * Makes conditions of filters.
 *
 * <p>Ours have two truth values, SQL's have three. Under AND, OR and at the top an unknown does what a no does, so only a
 * negation has to tell them apart: it is written as IS NOT TRUE, and {@code NE} and {@code NIN} are negations.
 */
final class FilterTree {

    private final RelBuilder builder;
    private final DatasetModel model;
    private final Parameters parameters;
    private final Function<String, RexNode> values;

    /** @param values finds what the filter's fields stand for: fields of the dataset, or columns of the answer */
    FilterTree(RelBuilder builder, DatasetModel model, Parameters parameters, Function<String, RexNode> values) {
        this.builder = builder;
        this.model = model;
        this.parameters = parameters;
        this.values = values;
    }

    RexNode condition(Filter filter) {
        return switch (filter) {
            case Filter.Comparison comparison -> comparison(comparison);
            case Filter.And and -> joined(SqlStdOperatorTable.AND, and.all());
            case Filter.Or or -> joined(SqlStdOperatorTable.OR, or.any());
            case Filter.Not not -> complement(condition(not.filter()));
            case Filter.InSegment in ->
                condition(model.segment(in.segment()).orElseThrow().filter());
            case Filter.Met met -> new ExpressionTree(builder, parameters, values).condition(met.condition());
        };
    }

    private RexNode complement(RexNode condition) {
        return builder.call(Operators.IS_NOT_TRUE, condition);
    }

    private RexNode joined(SqlOperator operator, List<Filter> filters) {
        List<RexNode> conditions = filters.stream().map(this::condition).toList();
        return conditions.size() == 1
                ? conditions.getFirst()
                : RexUtil.flatten(builder.getRexBuilder(), builder.call(operator, conditions)); // Calcite insists
    }

    private RexNode comparison(Filter.Comparison comparison) {
        RexNode value = values.apply(comparison.field());
        Operator operator = comparison.operator();
        if (operator == Operator.IS_NULL || operator == Operator.EXISTS) {
            boolean wanted = comparison.values().getFirst().equals(true);
            boolean isNull = wanted == (operator == Operator.IS_NULL);
            return builder.call(isNull ? Operators.IS_NULL : Operators.IS_NOT_NULL, value);
        }
        RexNode subject = Fields.isPath(comparison.field())
                        && isNumber(comparison.values().getFirst())
                ? new CastTree(builder).numberOrNull(value)
                : value;
        return comparison(subject, operator, comparison.values());
    }

    private static boolean isNumber(Object value) {
        return value instanceof Double || (value instanceof Slot slot && slot.type() == Double.class);
    }

    private RexNode comparison(RexNode subject, Operator operator, List<Object> operands) {
        return switch (operator) {
            case EQ -> binary(Operators.EQUALS, subject, operands.getFirst());
            case NE -> complement(binary(Operators.EQUALS, subject, operands.getFirst()));
            case IN -> in(subject, operands);
            case NIN -> complement(in(subject, operands));
            case GT -> binary(Operators.GREATER, subject, operands.getFirst());
            case GTE -> binary(Operators.GREATER_OR_EQUAL, subject, operands.getFirst());
            case LT -> binary(Operators.LESS, subject, operands.getFirst());
            case LTE -> binary(Operators.LESS_OR_EQUAL, subject, operands.getFirst());
            case BETWEEN ->
                builder.call(
                        SqlStdOperatorTable.AND,
                        binary(Operators.GREATER_OR_EQUAL, subject, operands.getFirst()),
                        binary(Operators.LESS_OR_EQUAL, subject, operands.getLast()));
            case CONTAINS -> binary(Operators.CONTAINS, subject, operands.getFirst());
            case STARTS_WITH -> binary(Operators.STARTS_WITH, subject, operands.getFirst());
            case REGEX -> builder.call(Operators.REGEXP_MATCHES, subject, parameters.addPattern(operands.getFirst()));
            case IS_NULL, EXISTS -> throw new IllegalArgumentException("Has no operand");
        };
    }

    private RexNode binary(SqlOperator operator, RexNode subject, Object operand) {
        return builder.call(Operators.comparing(operator, subject.getType()), subject, parameters.add(operand));
    }

    private RexNode in(RexNode subject, List<Object> operands) {
        List<RexNode> all = new ArrayList<>();
        all.add(subject);
        operands.forEach(operand -> all.add(parameters.add(operand)));
        return builder.call(Operators.IN, all);
    }
}
