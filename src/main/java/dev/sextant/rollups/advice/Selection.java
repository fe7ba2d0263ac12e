package dev.sextant.rollups.advice;

import dev.sextant.query.model.DatasetModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes the rollup that saves most rows, then the one that saves most beside it, and so on. One pays off where it saves more
 * rows than it has, and a fiftieth of all that were read. Pure; one thread.
 */
final class Selection {

    /** Of all rows that were read. */
    private static final double SAVED_SHARE_MIN = 0.02;

    /** A rollup, and the demands that would read it. */
    record Chosen(Sized sized, List<Demand> demands) {

        Chosen {
            demands = List.copyOf(demands);
        }

        double rowsScanned() {
            return demands.stream()
                    .mapToDouble(demand -> demand.rowsWith(sized.rows()))
                    .sum();
        }

        double rowsSaved() {
            return demands.stream()
                            .mapToDouble(demand -> demand.counts().scannedRows())
                            .sum()
                    - rowsScanned();
        }
    }

    /** A rollup, and all that it could answer. */
    private record Able(Sized sized, List<Demand> demands) {}

    private final List<Demand> demands;
    private final List<Able> candidates;
    private final double savedMin;

    /** Which of the chosen each demand reads. */
    private final Map<Demand, Sized> demandToSized = new LinkedHashMap<>();

    Selection(List<Demand> demands, List<Sized> candidates, DatasetModel model) {
        this.demands = demands;
        this.candidates = candidates.stream()
                .map(sized -> new Able(
                        sized,
                        demands.stream()
                                .filter(demand -> demand.isAnsweredBy(sized.rollup(), model))
                                .toList()))
                .toList();
        this.savedMin = SAVED_SHARE_MIN
                * demands.stream()
                        .mapToDouble(demand -> demand.counts().scannedRows())
                        .sum();
    }

    /** Those that save most come first. */
    List<Chosen> choose(int limit) {
        List<Sized> chosen = new ArrayList<>();
        while (chosen.size() < limit) {
            Optional<Able> best = candidates.stream()
                    .filter(able -> saved(able) > Math.max((double) able.sized().rows(), savedMin))
                    .max(Comparator.comparingDouble(this::saved)
                            .thenComparingLong(able -> -able.sized().rows()));
            if (best.isEmpty()) {
                break;
            }
            chosen.add(best.get().sized());
            take(best.get());
        }
        return chosen.stream()
                .map(sized -> new Chosen(
                        sized,
                        demands.stream()
                                .filter(demand -> sized.equals(demandToSized.get(demand)))
                                .toList()))
                .filter(one -> !one.demands().isEmpty())
                .sorted(Comparator.comparingDouble(Chosen::rowsSaved).reversed())
                .toList();
    }

    private void take(Able able) {
        able.demands().stream()
                .filter(demand -> able.sized().rows() < rows(demandToSized.get(demand)))
                .forEach(demand -> demandToSized.put(demand, able.sized()));
    }

    private static long rows(@Nullable Sized sized) {
        return sized == null ? Long.MAX_VALUE : sized.rows();
    }

    /** Beside those that are chosen. */
    private double saved(Able able) {
        double saved = 0;
        for (Demand demand : able.demands()) {
            double now = demand.rowsWith(rows(demandToSized.get(demand)));
            saved += Math.max(0, now - demand.rowsWith(able.sized().rows()));
        }
        return saved;
    }
}
