package dev.sextant.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A tenant with something of everything, whose events come in batches. */
final class LoadedTenant {

    static final int EVENTS_PER_BATCH = 200;

    private static final String SCOPES = "[\"analytics:read\",\"datasets:read\",\"datasets:write\",\"events:write\","
            + "\"keys:read\",\"keys:write\",\"roles:read\",\"roles:write\",\"users:read\",\"users:write\","
            + "\"audit:read\",\"admin:usage\",\"admin:limits\"]";

    final Set<Integer> answered = ConcurrentHashMap.newKeySet();
    final String id;
    final String key;
    final String revokedKey;

    private final RunningServer server;

    LoadedTenant(RunningServer server, String name) throws IOException {
        this.server = server;
        String platform = server.platformKey();
        id = server.postJson(platform, "/api/v2/admin/tenants", "{\"name\":\"%s\"}".formatted(name))
                .get("id")
                .textValue();
        key = newKey(platform, "?tenant_id=" + id, SCOPES).get("key").textValue();
        JsonNode revoked = newKey(key, "", "[\"analytics:read\"]");
        revokedKey = revoked.get("key").textValue();
        made("POST", "/api/v2/datasets", """
                {"name":"clicks","model":{"time":"time","dimensions":[
                 {"name":"batch","type":"long"},{"name":"place","type":"long"},{"name":"who","type":"string"}]}}""");
        made("POST", "/api/v2/datasets/clicks/rollups", """
                {"name":"hourly","grain":"1h","dimensions":["who"],"measures":[{"agg":"count"}]}""");
        made("POST", "/api/v2/users", """
                {"email":"a@example.com","name":"a","roles":["viewer"],"password":"correct horse battery staple"}""");
        made("PUT", "/api/v2/admin/roles/reader", """
                {"scopes":["analytics:read"],"grants":[{"resources":["dataset/*"],"actions":["read"]}]}""");
        made("PUT", "/api/v2/admin/policies/pol_europe", """
                {"name":"p","effect":"allow","roles":["reader"],"resources":["dataset/clicks"],"actions":["read"]}""");
        made("POST", "/api/v2/saved-queries", """
                {"name":"all","query":{"dataset":"clicks","measures":[{"agg":"count"}]}}""");
        made("DELETE", "/api/v2/api-keys/" + revoked.get("id").textValue(), "");
    }

    private JsonNode newKey(String maker, String query, String scopes) {
        return server.postJson(maker, "/api/v2/api-keys" + query, "{\"name\":\"a\",\"scopes\":%s}".formatted(scopes));
    }

    private void made(String method, String path, String body) {
        HttpResponse<String> response = patiently(() -> server.send(key, method, path, body, "x-test", "1"));
        assertThat(response.statusCode()).as(path + response.body()).isBetween(200, 299);
    }

    /** Sends a batch; it counts as answered where it got its 202. */
    void send(int batch) {
        if (post(server, batch).statusCode() == 202) {
            answered.add(batch);
        }
    }

    /** What is answered in the end: a machine that is busy says 503 or 504 for a while, and that it may be asked again. */
    static HttpResponse<String> patiently(Callable<HttpResponse<String>> call) {
        return await().atMost(Duration.ofMinutes(2)).until(call, response -> response.statusCode() < 500);
    }

    HttpResponse<String> post(RunningServer other, int batch) {
        String lines = IntStream.range(0, EVENTS_PER_BATCH)
                .mapToObj(place ->
                        "{\"event_id\":\"%d-%d\",\"time\":\"2026-03-0%dT0%d:00:00Z\",\"batch\":%d,\"place\":%d,\"who\":\"w%d\"}"
                                .formatted(batch, place, 1 + batch % 9, place % 10, batch, place, place % 7))
                .collect(Collectors.joining("\n"));
        return patiently(() -> other.post(key, "/api/v2/datasets/clicks/events", "application/x-ndjson", lines));
    }
}
