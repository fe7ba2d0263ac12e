package dev.sextant.rollups.advice;

import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.rollup.Rollup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Rollups that are worth thinking of: the smallest for each demand, and those for two of them, and for all. Pure. */
final class Candidates {

    /** Demands with needs of their own that are thought of. */
    private static final int NEEDS_MAX = 12;

    private Candidates() {}

    /** @param demands those first for which most rows were read */
    static List<Rollup> of(Collection<Demand> demands, DatasetModel model) {
        LinkedHashSet<Rollup> needs = new LinkedHashSet<>();
        for (Demand demand : demands) {
            if (needs.size() < NEEDS_MAX && Need.of(demand, model) instanceof Need.Able(Rollup rollup)) {
                needs.add(rollup);
            }
        }
        List<Rollup> alone = List.copyOf(needs);
        LinkedHashSet<Rollup> all = new LinkedHashSet<>(alone);
        for (int i = 0; i < alone.size(); i++) {
            for (int j = i + 1; j < alone.size(); j++) {
                Need.both(alone.get(i), alone.get(j)).ifPresent(all::add);
            }
        }
        forAll(alone).ifPresent(all::add);
        return new ArrayList<>(all);
    }

    private static Optional<Rollup> forAll(List<Rollup> alone) {
        Optional<Rollup> all = alone.stream().findFirst();
        for (Rollup next : alone) {
            all = all.flatMap(one -> Need.both(one, next));
        }
        return all;
    }
}
