package dev.sextant.perf;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * Two things measured beside each other, in the order A B B A, so that what changes slowly on the machine changes both.
 *
 * @param baseline what the other one is compared with
 */
record Pairs(String baselineName, String subjectName, List<Sample> baseline, List<Sample> subject) {

    /** Something that can be measured. */
    @FunctionalInterface
    interface Measurement {
        Sample run(int seconds) throws Exception;
    }

    /**
     * How often, and for how long.
     *
     * @param warmUpSeconds before the first pair, for each of the two
     */
    record Rounds(int pairs, int seconds, int warmUpSeconds) {}

    /** A name, and what is measured under it. */
    record Named(String name, Measurement measurement) {}

    static Pairs measure(Named baseline, Named subject, Rounds rounds) throws Exception {
        baseline.measurement().run(rounds.warmUpSeconds());
        subject.measurement().run(rounds.warmUpSeconds());
        List<Sample> baselines = new ArrayList<>();
        List<Sample> subjects = new ArrayList<>();
        for (int pair = 0; pair < rounds.pairs(); pair++) {
            boolean baselineFirst = pair % 2 == 0;
            if (baselineFirst) {
                baselines.add(baseline.measurement().run(rounds.seconds()));
            }
            subjects.add(subject.measurement().run(rounds.seconds()));
            if (!baselineFirst) {
                baselines.add(baseline.measurement().run(rounds.seconds()));
            }
        }
        return new Pairs(baseline.name(), subject.name(), baselines, subjects);
    }

    /** The subject's part in the baseline, pair by pair. */
    Ratio ratio(String name, ToDoubleFunction<Sample> quantity) {
        double[] ratios = new double[baseline.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = quantity.applyAsDouble(subject.get(i)) / quantity.applyAsDouble(baseline.get(i));
        }
        return Ratio.of(name, ratios);
    }

    /** Each quantity's median. */
    static Sample median(List<Sample> samples) {
        return new Sample(
                median(samples.stream().mapToDouble(Sample::requestsPerSecond)),
                median(samples.stream().mapToDouble(Sample::p50Millis)),
                median(samples.stream().mapToDouble(Sample::p99Millis)),
                median(samples.stream().mapToDouble(Sample::cpuMicros)));
    }

    static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
