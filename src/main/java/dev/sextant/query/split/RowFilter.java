package dev.sextant.query.split;

import dev.sextant.query.model.Filter;
import dev.sextant.query.model.Filter.Comparison;
import dev.sextant.query.model.Filter.Operator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells which rows of an answer meet a condition on its columns, as the engine would. Pure. */
record RowFilter(Filter condition, List<String> columns) {

    /** Whether it can be told here: regular expressions are the engine's. */
    static boolean canTell(@Nullable Filter filter) {
        return switch (filter) {
            case null -> true;
            case Filter.And and -> and.all().stream().allMatch(RowFilter::canTell);
            case Filter.Or or -> or.any().stream().allMatch(RowFilter::canTell);
            case Filter.Not not -> canTell(not.filter());
            case Comparison comparison -> comparison.operator() != Operator.REGEX;
            default -> false;
        };
    }

    boolean lets(List<@Nullable Object> row) {
        return meets(condition, row);
    }

    private boolean meets(Filter filter, List<@Nullable Object> row) {
        return switch (filter) {
            case Filter.And and -> and.all().stream().allMatch(part -> meets(part, row));
            case Filter.Or or -> or.any().stream().anyMatch(part -> meets(part, row));
            case Filter.Not not -> !meets(not.filter(), row);
            case Comparison comparison -> meets(comparison, row.get(columns.indexOf(comparison.field())));
            default -> throw new IllegalStateException("Was not checked");
        };
    }

    private static boolean meets(Comparison comparison, @Nullable Object value) {
        List<Object> operands = comparison.values();
        Object first = operands.getFirst();
        return switch (comparison.operator()) {
            case IS_NULL -> first.equals(true) == (value == null);
            case EXISTS -> first.equals(true) == (value != null);
            case NE -> !equal(value, first);
            case NIN -> !among(value, operands);
            case EQ -> equal(value, first);
            case IN -> among(value, operands);
            default -> value != null && meets(comparison.operator(), value, operands);
        };
    }

    private static boolean equal(@Nullable Object value, Object operand) {
        return value != null && Values.compare(value, operand) == 0;
    }

    private static boolean among(@Nullable Object value, List<Object> operands) {
        return operands.stream().anyMatch(operand -> equal(value, operand));
    }

    private static boolean meets(Operator operator, Object value, List<Object> operands) {
        Object first = operands.getFirst();
        return switch (operator) {
            case GT -> Values.compare(value, first) > 0;
            case GTE -> Values.compare(value, first) >= 0;
            case LT -> Values.compare(value, first) < 0;
            case LTE -> Values.compare(value, first) <= 0;
            case BETWEEN -> Values.compare(value, first) >= 0 && Values.compare(value, operands.getLast()) <= 0;
            case CONTAINS -> ((String) value).contains((String) first);
            case STARTS_WITH -> ((String) value).startsWith((String) first);
            default -> throw new IllegalStateException("Was not checked");
        };
    }
}
