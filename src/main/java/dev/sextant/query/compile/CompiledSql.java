package dev.sextant.query.compile;

import dev.sextant.engine.FieldType;
import dev.sextant.engine.Plan;
import java.util.List;

/**
 * A statement that an engine can run.
 *
 * @param columns of the rows, in their order; two may have one name
 * @param datasets that it reads, by name
 * @param exact false where it asks for a sketch
 * @param plan yields the rows, and one more than {@code limit} where there are more
 */
public record CompiledSql(List<Column> columns, List<String> datasets, boolean exact, int limit, Plan plan) {

    /** A column of the answer; {@code DECIMAL} for exact sums. */
    public record Column(String name, FieldType type) {}

    public CompiledSql {
        columns = List.copyOf(columns);
        datasets = List.copyOf(datasets);
    }
}
