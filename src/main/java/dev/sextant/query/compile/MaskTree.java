package dev.sextant.query.compile;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.authz.policy.ColumnRule.Mask;
import dev.sextant.authz.policy.ColumnRule.Masked;
import dev.sextant.engine.Dialect;
import dev.sextant.engine.Table;
import dev.sextant.query.model.Sight;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.tools.RelBuilder;

/** Makes what is shown of the columns of the table on top of a builder. What is missing is missing behind a mask, too. */
final class MaskTree {

    private static final String REDACTED = "***";

    /** Of shorter texts not even the first character is shown. */
    private static final int PARTIAL_LENGTH_MIN = 4;

    private final RelBuilder builder;
    private final RexBuilder rex;
    private final Sight sight;
    private final Set<String> sealed;
    private final Parameters parameters;

    MaskTree(RelBuilder builder, Scanned scanned, Sight sight, Parameters parameters) {
        this.builder = builder;
        this.rex = builder.getRexBuilder();
        this.sight = sight;
        this.sealed = sealed(scanned);
        this.parameters = parameters;
    }

    /** Fields whose masks the engine has no words for: who asks for one is refused, and their columns are empty. */
    static Set<String> sealed(Scanned scanned) {
        Sight sight = scanned.sight();
        if (sight == null || scanned.dialect() == Dialect.DUCKDB) {
            return Set.of();
        }
        Set<String> sealed = new HashSet<>(sight.fieldToMembers().keySet());
        sight.fieldToMask().forEach((field, mask) -> {
            if (mask.with() == Mask.HASH) {
                sealed.add(field);
            }
        });
        return sealed;
    }

    RexNode value(Table.Column column) {
        RexNode value = builder.field(column.name());
        if (sight.hidden().contains(column.name()) || sealed.contains(column.name())) {
            return rex.makeNullLiteral(value.getType());
        }
        Masked mask = sight.fieldToMask().get(column.name());
        if (mask != null) {
            return masked(mask, value);
        }
        List<String> members = sight.fieldToMembers().get(column.name());
        return members == null ? value : without(members, value);
    }

    private RexNode masked(Masked mask, RexNode value) {
        RelDataType type = value.getType();
        return switch (mask.with()) {
            case NULL -> rex.makeNullLiteral(type);
            case REDACT -> call(type, ExpressionOperators.CASE_WHEN, isThere(value), text(REDACTED));
            case HASH ->
                call(
                        type,
                        Operators.SHA256,
                        call(
                                type,
                                ExpressionOperators.JOINED,
                                text(Objects.requireNonNull(mask.salt(), "A hash has a salt")),
                                value));
            case PARTIAL -> partial(type, value);
        };
    }

    private RexNode partial(RelDataType type, RexNode value) {
        RexNode length = call(type, ExpressionOperators.LENGTH, value);
        RexNode first = call(
                type,
                Operators.PART_OF_TEXT,
                call(type, ExpressionOperators.SUBSTRING, value, builder.literal(1), builder.literal(1)),
                value,
                builder.literal(ExpressionTree.part(1, 1)));
        return call(
                type,
                ExpressionOperators.CASE_WHEN,
                builder.call(Operators.GREATER_OR_EQUAL, length, builder.literal(PARTIAL_LENGTH_MIN)),
                call(type, ExpressionOperators.JOINED, first, text(REDACTED)),
                isThere(value),
                text(REDACTED));
    }

    /** Source: RFC 7396: a member that is null in the patch is taken out. What is no object has no members. */
    private RexNode without(List<String> members, RexNode value) {
        RelDataType type = value.getType();
        return call(
                type,
                ExpressionOperators.CASE_WHEN,
                builder.call(Operators.EQUALS, builder.call(Operators.JSON_TYPE, value), builder.literal("OBJECT")),
                call(type, Operators.JSON_MERGE_PATCH, value, text(patch(members))),
                value);
    }

    private static String patch(List<String> members) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        members.forEach(patch::putNull);
        return patch.toString();
    }

    /** The engine is told the type of each value that it cannot guess. */
    private RexNode text(String value) {
        return builder.call(Operators.TEXT, parameters.add(value));
    }

    private RexNode isThere(RexNode value) {
        return builder.call(Operators.IS_NOT_NULL, value);
    }

    private RexNode call(RelDataType type, SqlOperator operator, RexNode... operands) {
        return rex.makeCall(type, operator, List.of(operands));
    }
}
