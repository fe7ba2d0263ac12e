package dev.sextant.soak;

import dev.sextant.kernel.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * What came of a long run.
 *
 * @param seed of the first round; each further round's follows from the one before
 */
record SoakReport(
        String name,
        Instant date,
        String commit,
        String java,
        int cores,
        long seed,
        long rounds,
        long steps,
        double seconds,
        List<Failure> failures) {

    /** A round that failed, by the seed that plays it again. */
    record Failure(long seed, String message) {}

    /** Writes it beside the results of the benchmarks. */
    void write() throws IOException {
        Path file = Path.of("perf", "results", "soak-" + name + ".json");
        Files.createDirectories(file.getParent());
        Files.write(file, (Json.tree(Json.write(this)).toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    String summary() {
        return "soak %s: %,d steps in %,d rounds and %.0f s from seed %d: %s"
                .formatted(
                        name,
                        steps,
                        rounds,
                        seconds,
                        seed,
                        failures.isEmpty() ? "no failure" : failures.size() + " failed");
    }
}
