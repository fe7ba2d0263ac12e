package dev.sextant.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Somebody with an API key, or with none where it is empty, who calls one node. */
record Caller(String baseUrl, String key) {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    /** The status of what is answered; 0 where nothing is. */
    int status(String method, String path, String body) {
        return status(method, path, body, "x-test", "1");
    }

    int status(String method, String path, String body, String header, String value) {
        try {
            return send(method, path, body, header, value).statusCode();
        } catch (IOException _) {
            return 0;
        }
    }

    /** What is answered, which is to be a success. */
    JsonNode json(String method, String path, String body) {
        return json(method, path, body, "x-test", "1");
    }

    JsonNode json(String method, String path, String body, String header, String value) {
        try {
            HttpResponse<String> response = send(method, path, body, header, value);
            assertThat(response.statusCode())
                    .as("%s %s%s: %s", method, baseUrl, path, response.body())
                    .isBetween(200, 299);
            return RunningServer.json(response);
        } catch (IOException e) {
            throw new AssertionError(method + " " + baseUrl + path, e);
        }
    }

    private HttpResponse<String> send(String method, String path, String body, String header, String value)
            throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(baseUrl + path))
                .timeout(PATIENCE)
                .header("content-type", "application/json")
                .header(header, value)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!key.isEmpty()) {
            request.header("authorization", "Bearer " + key);
        }
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
