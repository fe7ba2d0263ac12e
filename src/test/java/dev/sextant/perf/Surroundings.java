package dev.sextant.perf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Where and when was measured.
 *
 * @param commit with {@code +} where the sources were changed since
 * @param loadBefore the machine's load average of a minute, before anything was started
 */
record Surroundings(
        Instant date, String commit, String java, int cores, String heap, double loadBefore, double loadAfter) {

    static Surroundings find(double loadBefore) throws IOException {
        Runtime runtime = Runtime.getRuntime();
        return new Surroundings(
                Instant.now(),
                output("git", "rev-parse", "--short", "HEAD")
                        + (output("git", "status", "--porcelain", "-uno", "src", "sextant", "pom.xml")
                                        .isEmpty()
                                ? ""
                                : "+"),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                runtime.availableProcessors(),
                (runtime.maxMemory() >> 20) + " MiB",
                loadBefore,
                CpuClock.load());
    }

    private static String output(String... command) throws IOException {
        Process process = new ProcessBuilder(command).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
