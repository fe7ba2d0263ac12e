package dev.sextant.perf;

import dev.sextant.kernel.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** Sends the same kind of request over and over by wrk, and measures. Blocks. */
final class Wrk {

    private static final String SCRIPT = "perf/query.lua";
    private static final String RESULT = "RESULT ";

    /** So far apart do runs count, so that no two send the same number. */
    private static final long NUMBERS_PER_RUN = 10_000_000;

    private static final AtomicLong RUNS = new AtomicLong(1);

    /** What the script prints. */
    record Result(long requests, long micros, long p50Micros, long p99Micros, long errors) {}

    private final String url;
    private final String key;
    private final String body;

    /** @param body in which {@code %N%} stands for a number that is never sent twice */
    Wrk(String url, String key, String body) {
        this.url = url;
        this.key = key;
        this.body = body;
    }

    static boolean isInstalled() {
        try {
            new ProcessBuilder("wrk", "-v")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            return true;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Sample run(int connections, int seconds) throws IOException {
        CpuClock cpu = new CpuClock();
        Result result = result(report(connections, seconds));
        if (result.errors() > 0) {
            throw new IllegalStateException(
                    "%d of %d requests to %s went wrong".formatted(result.errors(), result.requests(), url));
        }
        return new Sample(
                result.requests() * 1e6 / result.micros(),
                result.p50Micros() / 1e3,
                result.p99Micros() / 1e3,
                cpu.microsFor(result.requests()));
    }

    private String report(int connections, int seconds) throws IOException {
        ProcessBuilder command = new ProcessBuilder(
                        "wrk", "-t1", "-c" + connections, "-d" + seconds + "s", "--latency", "-s", SCRIPT, url)
                .redirectErrorStream(true);
        command.environment().put("PERF_KEY", key);
        command.environment().put("PERF_BODY", body);
        command.environment().put("PERF_NUMBERS_FROM", Long.toString(RUNS.getAndIncrement() * NUMBERS_PER_RUN));
        Process process = command.start();
        Thread end = new Thread(process::destroyForcibly, "end-of-wrk");
        Runtime.getRuntime().addShutdownHook(end);
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            process.destroyForcibly();
            Runtime.getRuntime().removeShutdownHook(end);
        }
    }

    private static Result result(String report) {
        return report.lines()
                .filter(line -> line.startsWith(RESULT))
                .map(line -> line.substring(RESULT.length()).getBytes(StandardCharsets.UTF_8))
                .map(json -> Json.read(json, Result.class))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("wrk says: " + report));
    }
}
