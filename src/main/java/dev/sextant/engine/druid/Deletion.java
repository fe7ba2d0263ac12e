package dev.sextant.engine.druid;

import dev.sextant.engine.Condition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Events that no scan looks at any more, though Druid's segments may still hold them: those of earlier versions that the
 * condition means.
 *
 * @param sql a condition over the columns of the datasource
 * @param parameters in the form in which Druid takes them: texts, longs and doubles
 * @param hourToRows in which hours, by their numbers since 1970, how many were meant when it was ordered
 * @param counted the data version when these were counted; what came later, and before the deletion, may be meant too
 */
record Deletion(String sql, List<@Nullable Object> parameters, Map<Long, Long> hourToRows, long counted) {

    Deletion {
        // JSON does not tell a small long from an int
        parameters = parameters.stream()
                .<@Nullable Object>map(value -> value instanceof Integer number ? Long.valueOf(number) : value)
                .toList();
        hourToRows = Map.copyOf(hourToRows);
    }

    static Deletion of(Condition condition, Map<Long, Long> hourToRows, long counted) {
        return new Deletion(condition.sql(), Bindings.forms(condition.parameters()), hourToRows, counted);
    }

    long rows() {
        return hourToRows.values().stream().mapToLong(Long::longValue).sum();
    }
}
