package dev.sextant.query.compile;

import dev.sextant.engine.Dialect;
import dev.sextant.engine.FieldType;
import dev.sextant.engine.Plan;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.sql.util.SqlString;
import org.jspecify.annotations.Nullable;

/**
 * A statement that lacks the values of the query.
 *
 * @param dialect in which it is written
 * @param parameters for each {@code ?} in its order: a {@link Slot}, or a value that the model brought
 */
record Template(Dialect dialect, String sql, List<Object> parameters, List<FieldType> types) {

    static Template of(RelNode tree, Parameters parameters, List<FieldType> types) {
        return of(TreePrinter.of(parameters.dialect()).print(tree), parameters, types);
    }

    /** The condition by which a tree filters. */
    static Template condition(RelNode tree, Parameters parameters) {
        return of(TreePrinter.of(parameters.dialect()).printCondition(tree), parameters, List.of());
    }

    private static Template of(SqlString printed, Parameters parameters, List<FieldType> types) {
        List<Object> inOrder = new ArrayList<>();
        if (printed.getDynamicParameters() != null) {
            printed.getDynamicParameters()
                    .forEach(index -> inOrder.add(parameters.values().get(index)));
        }
        return new Template(parameters.dialect(), printed.getSql(), List.copyOf(inOrder), List.copyOf(types));
    }

    Plan.Statement bind(List<Object> values) {
        List<@Nullable Object> bound = new ArrayList<>(parameters.size());
        for (Object parameter : parameters) {
            bound.add(value(parameter, values));
        }
        String written = switch (dialect) {
            case DUCKDB -> sql;
            case DRUID -> WideBounds.in(sql, bound);
        };
        return new Plan.Statement(written, bound, types);
    }

    private static Object value(Object parameter, List<Object> values) {
        return switch (parameter) {
            case Slot slot -> values.get(slot.index());
            case Parameters.Translated translated -> JavaPattern.of((String) value(translated.pattern(), values));
            default -> parameter;
        };
    }
}
