package dev.sextant.engine.druid;

import dev.sextant.engine.Condition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Events that no scan looks at any more: those of earlier versions that the condition means.
 *
 * @param sql a condition over the columns of the datasource; empty as soon as no segment holds such events any more
 * @param parameters in the form in which Druid takes them: texts, longs and doubles
 * @param hourToRows in which hours, by their numbers since 1970, how many were meant when it was ordered
 * @param counted the data version when these were counted; what came later, and before the deletion, may be meant too
 * @param stage null of those that were written before there were stages: {@code ORDERED}
 */
record Deletion(String sql, List<@Nullable Object> parameters, Map<Long, Long> hourToRows, long counted, Stage stage) {

    /** How far it is. */
    enum Stage {
        /** Scans keep the events out. */
        ORDERED,
        /** Segments are written anew without them: from now on they may be missing where they are looked for. */
        BEGUN,
        /** They are gone. */
        DONE
    }

    Deletion(
            String sql,
            List<@Nullable Object> parameters,
            Map<Long, Long> hourToRows,
            long counted,
            @Nullable Stage stage) {
        this.sql = sql;
        // JSON does not tell a small long from an int
        this.parameters = parameters.stream()
                .<@Nullable Object>map(value -> value instanceof Integer number ? Long.valueOf(number) : value)
                .toList();
        this.hourToRows = Map.copyOf(hourToRows);
        this.counted = counted;
        this.stage = stage == null ? Stage.ORDERED : stage;
    }

    static Deletion of(Condition condition, Map<Long, Long> hourToRows, long counted) {
        return new Deletion(
                condition.sql(), Bindings.forms(condition.parameters()), hourToRows, counted, Stage.ORDERED);
    }

    long rows() {
        return hourToRows.values().stream().mapToLong(Long::longValue).sum();
    }

    Deletion begun() {
        return new Deletion(sql, parameters, hourToRows, counted, Stage.BEGUN);
    }

    /** What is left of it: that hours have lost rows, but not which. */
    Deletion done() {
        return new Deletion("", List.of(), hourToRows, counted, Stage.DONE);
    }
}
