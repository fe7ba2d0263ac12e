package dev.sextant.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.kernel.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A new tenant of a cluster, with the dataset {@code visits}. */
record Tenant(String baseUrl, String key) {

    static final String QUERY = "/api/v2/analytics/realtime/query";

    private static final String MODEL = """
            {"name":"visits","model":{"time":"time","dimensions":[{"name":"user","type":"string"},{"name":"page","type":"string"}]}}""";
    private static final int PAGE = 10_000;

    static Tenant make(LocalCluster cluster) {
        Tenant platform = new Tenant(cluster.baseUrl(), cluster.platformKey().value());
        String id = platform.post("/api/v2/admin/tenants", "{\"name\":\"acme\",\"plan\":\"enterprise\"}")
                .get("id")
                .textValue();
        String key = platform.post("/api/v2/api-keys?tenant_id=" + id, """
                {"name":"all","scopes":["analytics:read","datasets:read","datasets:write","events:write","events:delete",
                 "keys:read","keys:write"]}""")
                .get("key")
                .textValue();
        Tenant tenant = new Tenant(cluster.baseUrl(), key);
        tenant.post("/api/v2/datasets", MODEL);
        return tenant;
    }

    /** A query that counts events. */
    static String visits(String more) {
        return "{\"dataset\":\"visits\",\"measures\":[{\"agg\":\"count\"}],%s}".formatted(more);
    }

    /** Events of the first hours of days that are long past. */
    void sendHistory(int days, int events) {
        for (int day = 1; day <= days; day++) {
            List<String> batch = new ArrayList<>();
            for (int i = 0; i < events; i++) {
                batch.add(
                        "{\"event_id\":\"h%d_%d\",\"time\":\"2026-01-0%dT00:%02d:00Z\",\"user\":\"u%d\",\"page\":\"/%d\"}"
                                .formatted(day, i, day, i % 60, i % 20, i % 10));
            }
            post("/api/v2/datasets/visits/events", "[" + String.join(",", batch) + "]");
        }
    }

    JsonNode post(String path, String body) {
        return answer(request(path)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    JsonNode get(String path) {
        return answer(request(path).GET().build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(baseUrl + path)).header("authorization", "Bearer " + key);
    }

    /** The problem that is told where a path cannot be got. */
    String refusal(String path) {
        HttpResponse<String> response = send(request(path).GET().build());
        assertThat(response.statusCode()).as(response.body()).isGreaterThanOrEqualTo(400);
        return response.body();
    }

    private static JsonNode answer(HttpRequest request) {
        HttpResponse<String> response = send(request);
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        try {
            return Json.tree(response.body().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** How many events there are. */
    long count() {
        return post(QUERY, "{\"dataset\":\"visits\",\"measures\":[{\"agg\":\"count\"}]}")
                .at("/rows/0/0")
                .longValue();
    }

    /** Each of these events is there, once. */
    void assertHolds(List<String> ids) {
        List<String> found = new ArrayList<>();
        JsonNode page = post(QUERY, page(""));
        page.get("rows").forEach(row -> found.add(row.get(0).textValue()));
        while (page.hasNonNull("next_cursor")) {
            page = post(
                    QUERY,
                    page(",\"cursor\":\"%s\"".formatted(page.get("next_cursor").textValue())));
            page.get("rows").forEach(row -> found.add(row.get(0).textValue()));
        }
        assertThat(found).doesNotHaveDuplicates().containsAll(ids);
    }

    private static String page(String cursor) {
        return "{\"dataset\":\"visits\",\"fields\":[\"event_id\"],\"limit\":%d%s}".formatted(PAGE, cursor);
    }
}
