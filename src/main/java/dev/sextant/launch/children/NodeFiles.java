package dev.sextant.launch.children;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A node's own folder, how it is started, and how one sees that it answers. */
record NodeFiles(Path folder) {

    private static final int HEAP_MEGABYTES = 512;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** The settings hold passwords: they stand in a file that only its owner reads. */
    void prepare(String settings) throws IOException {
        PrivateFiles.write(configuration(), settings);
    }

    /** @param program the main class, and what comes after it, up to {@code --config} */
    List<String> command(List<String> program) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms%dm".formatted(HEAP_MEGABYTES),
                "-Xmx%dm".formatted(HEAP_MEGABYTES),
                "-XX:+UseCompactObjectHeaders",
                "-XX:MaxGCPauseMillis=20",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath()));
        command.addAll(program);
        command.addAll(List.of("--config", configuration().toString()));
        return command;
    }

    /** This program's own; the node works in another folder. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private Path configuration() {
        return folder.resolve("node.yaml");
    }

    /** Whether it is ready for requests. */
    static boolean answers(int port) {
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            HttpRequest ready = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/health/ready".formatted(port)))
                    .timeout(PATIENCE)
                    .GET()
                    .build();
            return client.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false; // not yet
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
