package dev.sextant.perf;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;

/**
 * The same dashboard asked each second while events arrive, of two servers beside each other: one that keeps pieces of
 * answers, and one that asks each query as a whole.
 */
final class LivePart {

    private static final Map<String, String> WHOLE = Map.of("query.pieces.bytes_max", "0");
    private static final int LOOKS_PER_PAIR = 5;
    private static final int EVENTS_PER_SECOND = 500;

    /** As many as it takes until the compiler has little left to do; by then, not many events have come. */
    private static final int LOOKS_BEFORE = 200;

    private static final int EVENTS_BEFORE = 20;
    private static final double FASTER_MIN = 5;

    private final Path folder;
    private final int events;
    private final int pairs;

    /** @param events of the history, in each of the two servers */
    LivePart(Path folder, int events, int pairs) {
        this.folder = folder;
        this.events = events;
        this.pairs = pairs;
    }

    void measure(Findings findings) throws Exception {
        try (Subject piecewise = Subject.start(Files.createDirectories(folder.resolve("pieces")));
                Subject whole = Subject.start(Files.createDirectories(folder.resolve("whole")), WHOLE)) {
            Dashboard[] both = {Dashboard.over(piecewise, events), Dashboard.over(whole, events)};
            warmUp(both);
            double[] cut = new double[pairs];
            double[] uncut = new double[pairs];
            double[] ratios = new double[pairs];
            for (int pair = 0; pair < pairs; pair++) {
                double[][] millis = looks(both);
                cut[pair] = Pairs.median(DoubleStream.of(millis[0]));
                uncut[pair] = Pairs.median(DoubleStream.of(millis[1]));
                ratios[pair] = uncut[pair] / cut[pair];
            }
            report(findings, Pairs.median(DoubleStream.of(cut)), Pairs.median(DoubleStream.of(uncut)), ratios);
        }
    }

    private static void warmUp(Dashboard[] both) throws Exception {
        for (int look = 0; look < LOOKS_BEFORE; look++) {
            for (Dashboard dashboard : both) {
                dashboard.receive(EVENTS_BEFORE);
                dashboard.look();
            }
        }
    }

    /** By server and look: the milliseconds. Each second both are looked at, in turn the one or the other first. */
    private static double[][] looks(Dashboard[] both) throws Exception {
        double[][] millis = new double[both.length][LOOKS_PER_PAIR];
        for (int look = 0; look < LOOKS_PER_PAIR; look++) {
            for (int turn = 0; turn < both.length; turn++) {
                int server = (look + turn) % both.length;
                long begun = System.nanoTime();
                both[server].receive(EVENTS_PER_SECOND);
                millis[server][look] = both[server].look();
                TimeUnit.NANOSECONDS.sleep(begun + TimeUnit.MILLISECONDS.toNanos(500) - System.nanoTime());
            }
        }
        return millis;
    }

    private void report(Findings findings, double cutMillis, double uncutMillis, double[] ratios) {
        Ratio faster = Ratio.of("whole / pieces", ratios);
        findings.add(
                "live",
                "8 panels over %,d events".formatted(events),
                faster.median() >= FASTER_MIN,
                "pieces_p50_ms",
                cutMillis,
                "whole_p50_ms",
                uncutMillis,
                "faster",
                faster.median(),
                "faster_least",
                faster.least(),
                "faster_greatest",
                faster.greatest());
    }
}
