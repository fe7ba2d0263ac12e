package dev.sextant.perf;

import dev.sextant.kernel.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What measuring the edge found.
 *
 * @param cached the cached query beside the bare route, over many connections
 * @param uncached the uncached query over one connection beside the same SQL in DuckDB
 * @param uncachedBusy the uncached query over many connections
 */
record EdgeReport(
        Surroundings surroundings,
        EdgeParameters parameters,
        Pairs cached,
        Pairs uncached,
        Sample uncachedBusy,
        List<Ratio> ratios) {

    /** The uncached query's p50 must be at most this many times DuckDB's, and {@link #EXTRA_MILLIS} more. */
    private static final double FACTOR_MAX = 1.3;

    private static final double EXTRA_MILLIS = 3;

    static EdgeReport of(
            Surroundings surroundings, EdgeParameters parameters, Pairs cached, Pairs uncached, Sample busy) {
        return new EdgeReport(
                surroundings,
                parameters,
                cached,
                uncached,
                busy,
                List.of(
                        cached.ratio("cached / bare, requests per second", Sample::requestsPerSecond),
                        cached.ratio("cached / bare, CPU per request", Sample::cpuMicros),
                        uncached.ratio("uncached / DuckDB, p50", Sample::p50Millis),
                        withinLimit(uncached)));
    }

    /** Below 1 where the uncached query is as fast as it must be. */
    private static Ratio withinLimit(Pairs uncached) {
        double[] ratios = new double[uncached.baseline().size()];
        for (int i = 0; i < ratios.length; i++) {
            double limit = uncached.baseline().get(i).p50Millis() * FACTOR_MAX + EXTRA_MILLIS;
            ratios[i] = uncached.subject().get(i).p50Millis() / limit;
        }
        return Ratio.of("uncached p50 / (1.3 DuckDB p50 + 3 ms)", ratios);
    }

    void print(PrintStream out) {
        out.printf("%n%-34s %12s %9s %9s %12s%n", "medians", "requests/s", "p50 ms", "p99 ms", "CPU µs each");
        line(out, cached.baselineName(), cached.baseline());
        line(out, cached.subjectName(), cached.subject());
        line(out, "uncached query, " + parameters.connections() + " connections", List.of(uncachedBusy));
        line(out, uncached.subjectName(), uncached.subject());
        line(out, uncached.baselineName(), uncached.baseline());
        out.printf("%n%-44s %7s %18s%n", "ratios, pair by pair", "median", "least..greatest");
        for (Ratio ratio : ratios) {
            out.printf("%-44s %7.2f %9.2f..%.2f%n", ratio.name(), ratio.median(), ratio.least(), ratio.greatest());
        }
        out.printf(
                "%nload average %.1f before, %.1f after; %d cores, %s, commit %s%n",
                surroundings.loadBefore(),
                surroundings.loadAfter(),
                surroundings.cores(),
                surroundings.java(),
                surroundings.commit());
    }

    private static void line(PrintStream out, String name, List<Sample> samples) {
        Sample median = Pairs.median(samples);
        out.printf(
                "%-34s %,12.0f %9.2f %9.2f %12.1f%n",
                name, median.requestsPerSecond(), median.p50Millis(), median.p99Millis(), median.cpuMicros());
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, Json.tree(Json.write(this)).toPrettyString() + "\n");
    }
}
