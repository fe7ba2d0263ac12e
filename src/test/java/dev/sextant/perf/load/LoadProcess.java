package dev.sextant.perf.load;

import dev.sextant.kernel.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Runs a load in another process, whose work does not count as the server's. Blocks. */
public final class LoadProcess {

    private static final String LAST_CORE =
            Integer.toString(Runtime.getRuntime().availableProcessors() - 1);
    private static final List<String> ASIDE = List.of("nice", "-n", "19", "taskset", "--cpu-list", LAST_CORE);

    private LoadProcess() {}

    public static LoadReport run(LoadPlan plan) throws IOException {
        return run(LoadMain.class, plan, LoadReport.class, List.of());
    }

    /**
     * The same, after everybody else and on one core only: a real crowd would send it from other machines, and take nothing
     * of this one.
     */
    public static LoadReport runAside(LoadPlan plan) throws IOException {
        return run(LoadMain.class, plan, LoadReport.class, ASIDE);
    }

    /** Connections that are held, after everybody else. */
    public static DribbleReport runAside(DribblePlan plan) throws IOException {
        return run(DribbleMain.class, plan, DribbleReport.class, ASIDE);
    }

    private static <R> R run(Class<?> main, Record plan, Class<R> report, List<String> launcher) throws IOException {
        List<String> java = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms1g",
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1", // its second compiler would take a core for as long as most loads last
                "-Xmn768m", // seldom collects: its pauses would count as the server's
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName());
        Process process = new ProcessBuilder(
                        Stream.concat(launcher.stream(), java.stream()).toList())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Thread end = new Thread(process::destroyForcibly, "end-of-load");
        Runtime.getRuntime().addShutdownHook(end);
        try {
            try (OutputStream in = process.getOutputStream()) {
                in.write(Json.write(plan));
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String last = said.lines().reduce("", (_, line) -> line); // before it may stand what was logged
            return Json.read(last.getBytes(StandardCharsets.UTF_8), report);
        } finally {
            process.destroyForcibly();
            Runtime.getRuntime().removeShutdownHook(end);
        }
    }
}
