package dev.sextant.launch.children;

import dev.sextant.kernel.Secret;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A server that runs on this machine already, as a command asks it. Blocks. */
public final class LocalServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final String baseUrl;
    private final Secret key;

    /** @param key an API key, with which it is asked */
    public LocalServer(String baseUrl, Secret key) {
        this.baseUrl = baseUrl;
        this.key = key;
    }

    /** What it answered. */
    public record Answer(int status, String body) {}

    /** Whether anybody is there. */
    public boolean isThere() throws IOException {
        try {
            get("/health/live");
            return true;
        } catch (ConnectException _) {
            return false;
        }
    }

    public Answer get(String path) throws IOException {
        return send(request(path).GET().build());
    }

    public Answer post(String path, String json) throws IOException {
        return send(request(path)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(baseUrl + path))
                .timeout(PATIENCE)
                .header("authorization", "Bearer " + key.value());
    }

    private Answer send(HttpRequest request) throws IOException {
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while a server was asked", e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
