package dev.sextant.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Statements that are all asked of one snapshot of a dataset's data.
 *
 * @param rowsMax where a statement yields more rows, the run fails with {@code LimitExceeded}: nothing is cut off
 */
public record Plan(String dataset, List<Statement> statements, int rowsMax) {

    /**
     * One {@code SELECT} in the engine's dialect.
     *
     * @param parameters the values of its {@code ?} marks in their order, in the form {@link FieldType} says
     * @param types of the columns it yields, in their order
     */
    public record Statement(String sql, List<@Nullable Object> parameters, List<FieldType> types) {
        public Statement {
            types = List.copyOf(types);
        }
    }

    public Plan {
        statements = List.copyOf(statements);
    }
}
