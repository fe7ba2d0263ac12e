package dev.sextant.query.compile;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.jspecify.annotations.Nullable;

/** Sorts the answer, which is on top of the builder, and cuts one page out of it. */
final class PageTree {

    private final RelBuilder builder;
    private final Parameters parameters;
    private final List<SortKey> keys;

    PageTree(RelBuilder builder, Parameters parameters, List<SortKey> keys) {
        this.builder = builder;
        this.parameters = parameters;
        this.keys = keys;
    }

    /** @param level what rows are sorted by before all else, the highest first; null where there is nothing */
    void sort(@Nullable RexNode level, Slot limit) {
        List<RexNode> sorted = new ArrayList<>();
        if (level != null) {
            sorted.add(builder.desc(level));
        }
        for (SortKey key : keys) {
            RexNode column = builder.field(key.column());
            RexNode directed = key.descending() ? builder.desc(column) : column;
            sorted.add(key.nullsFirst() ? builder.nullsFirst(directed) : builder.nullsLast(directed));
        }
        builder.sortLimit(null, parameters.addNumberOfRows(limit), sorted);
    }

    /**
     * Whether a row comes after the one with these sort keys: it is later by the first key, or equal by that and later by
     * the second, and so on.
     */
    RexNode comesAfter(List<@Nullable Slot> values) {
        List<RexNode> ways = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            RexNode later = later(keys.get(i), values.get(i));
            if (later != null) {
                List<RexNode> all = new ArrayList<>();
                for (int j = 0; j < i; j++) {
                    all.add(equal(keys.get(j), values.get(j)));
                }
                all.add(later);
                ways.add(all.size() == 1 ? later : flat(SqlStdOperatorTable.AND, all));
            }
        }
        return switch (ways.size()) {
            case 0 -> builder.literal(false);
            case 1 -> ways.getFirst();
            default -> flat(SqlStdOperatorTable.OR, ways);
        };
    }

    private RexNode flat(SqlOperator operator, List<RexNode> conditions) {
        return RexUtil.flatten(builder.getRexBuilder(), builder.call(operator, conditions)); // Calcite insists
    }

    private RexNode equal(SortKey key, @Nullable Slot value) {
        RexNode column = builder.field(key.column());
        return value == null ? builder.isNull(column) : builder.call(Operators.EQUALS, column, parameters.add(value));
    }

    /** Null where nothing can be later. */
    private @Nullable RexNode later(SortKey key, @Nullable Slot value) {
        RexNode column = builder.field(key.column());
        if (value == null) {
            return key.nullsFirst() ? builder.isNotNull(column) : null;
        }
        SqlOperator operator =
                Operators.comparing(key.descending() ? Operators.LESS : Operators.GREATER, column.getType());
        RexNode beyond = builder.call(operator, column, parameters.add(value));
        return key.nullsFirst() ? beyond : builder.call(SqlStdOperatorTable.OR, beyond, builder.isNull(column));
    }
}
