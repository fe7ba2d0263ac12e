package dev.sextant.perf;

import dev.sextant.kernel.Json;
import dev.sextant.kernel.TenantId;
import dev.sextant.launch.ServerInTests;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The server that is measured, with a tenant of its own whose dataset nobody adds to. All calls block. */
final class Subject implements AutoCloseable {

    private static final String QUERY_PATH = "/api/v2/analytics/realtime/query";
    private static final int EVENTS_PER_BODY = 10_000;

    /** The tenant, and a key of it that may read. */
    record Customer(TenantId tenant, String key) {}

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ServerInTests server;

    private Subject(ServerInTests server) {
        this.server = server;
    }

    static Subject start(Path folder) {
        return new Subject(ServerInTests.start(folder));
    }

    /** A new tenant with this many events. */
    Customer load(int events) throws IOException, InterruptedException {
        String platformKey = server.platformKey().value();
        String tenant = text("id", platformKey, "/api/v2/admin/tenants", "{\"name\":\"perf\"}");
        String key = text("key", platformKey, "/api/v2/api-keys?tenant_id=" + tenant, """
                {"name":"perf","scopes":["analytics:read","datasets:write","events:write"]}""");
        post(
                key,
                "/api/v2/datasets",
                "application/json",
                "{\"name\":\"%s\",\"model\":%s}".formatted(Edits.DATASET, Edits.MODEL));
        Edits edits = new Edits();
        for (int left = events; left > 0; left -= EVENTS_PER_BODY) {
            String lines = edits.lines(Math.min(left, EVENTS_PER_BODY));
            post(key, "/api/v2/datasets/" + Edits.DATASET + "/events", "application/x-ndjson", lines);
        }
        return new Customer(new TenantId(tenant), key);
    }

    String queryUrl() {
        return server.baseUrl() + QUERY_PATH;
    }

    String query(Customer customer, String body) throws IOException, InterruptedException {
        return post(customer.key(), QUERY_PATH, "application/json", body);
    }

    private String text(String member, String key, String path, String body) throws IOException, InterruptedException {
        String answer = post(key, path, "application/json", body);
        return Json.tree(answer.getBytes(StandardCharsets.UTF_8)).path(member).textValue();
    }

    private String post(String key, String path, String type, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.baseUrl() + path))
                .header("authorization", "Bearer " + key)
                .header("content-type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException(path + " answered " + response.body());
        }
        return response.body();
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
