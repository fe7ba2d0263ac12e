package dev.sextant.launch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.kernel.Json;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program in a process of its own, on free ports, as somebody would run it. */
final class RunningServer {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Process process;
    private final JsonNode serverFile;
    private final Path folder;

    private RunningServer(Process process, Path folder) throws IOException {
        this.process = process;
        this.folder = folder;
        this.serverFile = Json.tree(Files.readAllBytes(folder.resolve("server.json")));
    }

    /** Returns when the server says that it is ready. */
    static RunningServer start(Path folder) throws IOException {
        return start(folder, Map.of());
    }

    /** @param settings as {@code SEXTANT_…} of its environment */
    static RunningServer start(Path folder, Map<String, String> settings) throws IOException {
        Process process = launch(folder, settings);
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        List<String> said = new ArrayList<>();
        while (said.isEmpty() || !said.getLast().startsWith("ready in ")) {
            String line = lines.readLine();
            if (line == null) {
                throw new IllegalStateException("The server did not start: " + String.join("\n", said));
            }
            said.add(line);
        }
        return new RunningServer(process, folder);
    }

    static Process launch(Path folder) throws IOException {
        return launch(folder, Map.of());
    }

    private static Process launch(Path folder, Map<String, String> settings) throws IOException {
        List<String> command = List.of(
                JAVA,
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1", // it lives for seconds: what is compiled well is compiled too late
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                "--port",
                "0",
                "--admin-port",
                "0",
                "--data-dir",
                folder.toString());
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(new File("/dev/null"));
        builder.environment().putAll(settings);
        return builder.start();
    }

    JsonNode serverFile() {
        return serverFile;
    }

    String platformKey() throws IOException {
        return Files.readString(folder.resolve("secret-platform_key"));
    }

    HttpResponse<String> get(String key, String path) {
        return send(request(key, path).GET());
    }

    HttpResponse<String> post(String key, String path, String type, String body) {
        return send(request(key, path).header("content-type", type).POST(BodyPublishers.ofString(body)));
    }

    /** The request with a header of that name and value beside. */
    HttpResponse<String> send(String key, String method, String path, String body, String header, String value) {
        return send(request(key, path)
                .header("content-type", "application/json")
                .header(header, value)
                .method(method, BodyPublishers.ofString(body)));
    }

    HttpResponse<String> put(String key, String path, String body) {
        return send(
                request(key, path).header("content-type", "application/json").PUT(BodyPublishers.ofString(body)));
    }

    JsonNode postJson(String key, String path, String body) {
        return json(post(key, path, "application/json", body));
    }

    static JsonNode json(HttpResponse<String> response) {
        try {
            return Json.tree(response.body().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpRequest.Builder request(String key, String path) {
        return HttpRequest.newBuilder(URI.create(serverFile.get("base_url").textValue() + path))
                .timeout(Duration.ofSeconds(20))
                .header("authorization", "Bearer " + key);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** As {@code kill -9} does it. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** As {@code SIGTERM} does it; the exit status. */
    int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The server does not stop");
        }
        return process.exitValue();
    }

    /** Stops it, if it still runs. */
    void end() throws InterruptedException {
        if (process.isAlive()) {
            stop();
        }
    }
}
