package dev.sextant.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.kernel.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A new tenant of a cluster, with one dataset. */
record Tenant(String baseUrl, String key) {

    private static final int PAGE = 10_000;

    static Tenant make(LocalCluster cluster, String dataset) {
        Tenant platform = new Tenant(cluster.baseUrl(), cluster.platformKey().value());
        String id = platform.post("/api/v2/admin/tenants", "{\"name\":\"acme\"}")
                .get("id")
                .textValue();
        String key = platform.post("/api/v2/api-keys?tenant_id=" + id, """
                {"name":"all","scopes":["analytics:read","datasets:read","datasets:write","events:write"]}""")
                .get("key")
                .textValue();
        Tenant tenant = new Tenant(cluster.baseUrl(), key);
        tenant.post("/api/v2/datasets", dataset);
        return tenant;
    }

    JsonNode post(String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(baseUrl + path))
                .header("authorization", "Bearer " + key)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
            return Json.tree(response.body().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Each of these events is there, once. */
    void assertHolds(List<String> ids) {
        List<String> found = new ArrayList<>();
        JsonNode page = post("/api/v2/analytics/realtime/query", page(""));
        page.get("rows").forEach(row -> found.add(row.get(0).textValue()));
        while (page.hasNonNull("next_cursor")) {
            page = post(
                    "/api/v2/analytics/realtime/query",
                    page(",\"cursor\":\"%s\"".formatted(page.get("next_cursor").textValue())));
            page.get("rows").forEach(row -> found.add(row.get(0).textValue()));
        }
        assertThat(found).doesNotHaveDuplicates().containsAll(ids);
    }

    private static String page(String cursor) {
        return "{\"dataset\":\"visits\",\"fields\":[\"event_id\"],\"limit\":%d%s}".formatted(PAGE, cursor);
    }
}
