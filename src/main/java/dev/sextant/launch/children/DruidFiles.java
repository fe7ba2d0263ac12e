package dev.sextant.launch.children;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Druid's own folder, how it is started, and how one sees that it answers. */
record DruidFiles(LocalProgram program, Path folder) {

    private static final int HEAP_MEGABYTES = 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    List<String> command(int port) throws IOException {
        return program.command(
                "dev.sextant.local.LocalDruid",
                HEAP_MEGABYTES,
                List.of(
                        program.home().resolve("conf").toAbsolutePath().toString(),
                        folder.toString(),
                        Integer.toString(port)));
    }

    /** Whether SQL is answered, and there is a worker that can take tasks. */
    static boolean answers(int port) {
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            HttpRequest sql = request(port, "/druid/v2/sql")
                    .header("content-type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"query\":\"SELECT 1\"}"))
                    .build();
            HttpRequest workers =
                    request(port + 1, "/druid/indexer/v1/workers").GET().build();
            return answer(client, sql).isPresent()
                    && answer(client, workers)
                            .filter(list -> !list.equals("[]"))
                            .isPresent();
        }
    }

    /** The body where the status is 200. */
    private static Optional<String> answer(HttpClient client, HttpRequest request) {
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? Optional.of(response.body().strip()) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty(); // not yet
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(PATIENCE);
    }
}
