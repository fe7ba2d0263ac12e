package dev.sextant.query.compile;

import dev.sextant.engine.FieldType;
import dev.sextant.query.model.Bins;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.tools.RelBuilder;

/** Makes the lower edges of the stretches that numbers fall into. */
final class BinTree {

    /** From here on whole numbers are not all told apart. */
    private static final double INDEX_MAX = 0x1p53;

    /** Of so many a power of ten is a double. */
    private static final int DECIMALS_MAX = 300;

    private final RelBuilder builder;
    private final Parameters parameters;
    private final CastTree casts;

    BinTree(RelBuilder builder, Parameters parameters) {
        this.builder = builder;
        this.parameters = parameters;
        this.casts = new CastTree(builder);
    }

    /** @param type of the number: {@code LONG} or {@code DOUBLE} */
    RexNode key(Bins bins, RexNode number, FieldType type) {
        FieldType made = type == FieldType.LONG && bins.isWhole() ? FieldType.LONG : FieldType.DOUBLE;
        RexNode value = casts.widened(number, type, made);
        if (bins.edges() != null) {
            return between(bins.edges(), value, made);
        }
        if (bins.width() == null || bins.origin() == null) {
            throw new IllegalArgumentException("Bins have a width or edges");
        }
        return made == FieldType.LONG
                ? whole(bins.width(), bins.origin(), value)
                : real(bins.width(), bins.origin(), value);
    }

    private RexNode between(List<Double> edges, RexNode value, FieldType type) {
        List<RexNode> parts = new ArrayList<>();
        for (Double edge : edges.reversed()) {
            parts.add(builder.call(Operators.GREATER_OR_EQUAL, value, number(edge, type)));
            parts.add(number(edge, type));
        }
        return casts.typed(type, ExpressionOperators.CASE_WHEN, parts);
    }

    private RexNode number(double number, FieldType type) {
        return type == FieldType.LONG
                ? casts.literal(parameters.add((long) number), type)
                : casts.literal(parameters.add(number), type);
    }

    /** {@code value - ((value - origin) mod width)}, in 128 bits. */
    private RexNode whole(double width, double origin, RexNode value) {
        RexNode wide = casts.widened(value, FieldType.LONG, FieldType.DECIMAL);
        RexNode step = wide(width);
        RexNode offset = wide(ExpressionOperators.DIFFERENCE, wide, wide(origin));
        RexNode remainder = wide(ExpressionOperators.REMAINDER, offset, step);
        RexNode above = wide(ExpressionOperators.REMAINDER, wide(ExpressionOperators.PLUS, remainder, step), step);
        RexNode edge =
                builder.call(ExpressionOperators.WHOLE_OR_NULL, wide(ExpressionOperators.DIFFERENCE, wide, above));
        return casts.typed(
                FieldType.LONG,
                ExpressionOperators.WHOLE_BIN,
                List.of(edge, value, number(width, FieldType.LONG), number(origin, FieldType.LONG)));
    }

    private RexNode wide(double number) {
        return casts.widened(number(number, FieldType.LONG), FieldType.LONG, FieldType.DECIMAL);
    }

    private RexNode wide(SqlOperator operator, RexNode one, RexNode other) {
        return casts.typed(FieldType.DECIMAL, operator, List.of(one, other));
    }

    /**
     * Edges are {@code origin + n × width} in doubles, rounded to as many decimals as width and origin have. A quotient of
     * doubles may miss {@code n} by one: so it is compared with the edges themselves. Where doubles lie farther apart than
     * edges, each is its own.
     */
    private RexNode real(double width, double origin, RexNode value) {
        RexNode quotient = real(
                ExpressionOperators.FLOOR,
                real(
                        ExpressionOperators.QUOTIENT,
                        real(ExpressionOperators.DIFFERENCE, value, number(origin, FieldType.DOUBLE)),
                        number(width, FieldType.DOUBLE)));
        RexNode isTooFar = builder.call(
                Operators.GREATER_OR_EQUAL,
                real(ExpressionOperators.ABSOLUTE, quotient),
                number(INDEX_MAX, FieldType.DOUBLE));
        List<RexNode> parts = new ArrayList<>(List.of(isTooFar, value));
        for (int shift : List.of(1, 0, -1)) {
            RexNode edge = edge(width, origin, quotient, shift);
            parts.add(builder.call(Operators.GREATER_OR_EQUAL, value, edge));
            parts.add(edge);
        }
        parts.add(value);
        return casts.typed(FieldType.DOUBLE, ExpressionOperators.CASE_WHEN, parts);
    }

    private RexNode edge(double width, double origin, RexNode quotient, int shift) {
        RexNode index = real(ExpressionOperators.PLUS, quotient, number(shift, FieldType.DOUBLE));
        RexNode exact = real(
                ExpressionOperators.PLUS,
                real(ExpressionOperators.PRODUCT, index, number(width, FieldType.DOUBLE)),
                number(origin, FieldType.DOUBLE));
        int decimals = Math.max(decimals(width), decimals(origin));
        return decimals > DECIMALS_MAX
                ? exact
                : real(
                        ExpressionOperators.ROUND,
                        exact,
                        builder.call(ExpressionOperators.SMALL_WHOLE, builder.literal(decimals)));
    }

    private static int decimals(double number) {
        return Math.max(0, BigDecimal.valueOf(number).stripTrailingZeros().scale());
    }

    private RexNode real(SqlOperator operator, RexNode... operands) {
        return casts.typed(FieldType.DOUBLE, operator, List.of(operands));
    }
}
