package dev.sextant.query.rollup;

import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.Sight;
import dev.sextant.query.model.Unveiled;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which rollup answers a query, and why the others do not.
 *
 * @param served null where the events are read
 */
public record RollupChoice(@Nullable Served served, List<Lost> lost) {

    /** A rollup that was not taken, by name, and the reason in a sentence. */
    public record Lost(String rollup, String reason) {}

    /** What a plan is called that reads the events themselves. */
    public static final String SCAN = "scan";

    public static final RollupChoice NONE = new RollupChoice(null, List.of());

    public RollupChoice {
        lost = List.copyOf(lost);
    }

    /**
     * Takes the smallest of those that can answer, and show no more of the events than {@code model} does.
     *
     * @param query with its range resolved
     * @param rollupToRows of those rollups that the engine has
     */
    public static RollupChoice of(
            Query query, DatasetModel model, List<Rollup> rollups, Map<String, Long> rollupToRows) {
        if (!Unveiled.isPossible(query, model)) {
            return new RollupChoice(
                    null,
                    rollups.stream()
                            .map(rollup -> new Lost(rollup.name(), "It does not mask what you see masked."))
                            .toList());
        }
        Sight sight = model.sight();
        return sight == null
                ? among(query, model, rollups, rollupToRows)
                : among(Unveiled.of(query, model), sight.whole(), rollups, rollupToRows);
    }

    private static RollupChoice among(
            Query query, DatasetModel model, List<Rollup> rollups, Map<String, Long> rollupToRows) {
        List<Lost> lost = new ArrayList<>();
        List<Served> able = new ArrayList<>();
        for (Rollup rollup : rollups) {
            if (!rollupToRows.containsKey(rollup.name())) {
                lost.add(new Lost(rollup.name(), "It is not built."));
                continue;
            }
            switch (RollupMatch.of(query, model, rollup)) {
                case RollupMatch.Able(Served served) -> able.add(served);
                case RollupMatch.Unable(String reason) -> lost.add(new Lost(rollup.name(), reason));
            }
        }
        able.sort(Comparator.comparing(
                served -> rollupToRows.getOrDefault(served.rollup().name(), 0L)));
        able.stream()
                .skip(1)
                .forEach(larger -> lost.add(new Lost(
                        larger.rollup().name(),
                        "It could answer, and has more rows than %s."
                                .formatted(able.getFirst().rollup().name()))));
        return new RollupChoice(able.isEmpty() ? null : able.getFirst(), lost);
    }

    /** As the answer names it. */
    public String plan() {
        return served == null ? SCAN : served.plan();
    }
}
