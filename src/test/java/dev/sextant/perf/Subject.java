package dev.sextant.perf;

import dev.sextant.edge.defence.ConnectionConfig;
import dev.sextant.engine.CommitListener;
import dev.sextant.engine.OlapEngine;
import dev.sextant.kernel.Json;
import dev.sextant.kernel.Secret;
import dev.sextant.kernel.TenantId;
import dev.sextant.launch.ClusterInTests;
import dev.sextant.launch.ServerInTests;
import dev.sextant.launch.SextantConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The server or cluster that is measured, with a tenant of its own whose dataset nobody adds to. All calls block. */
final class Subject implements AutoCloseable {

    static final int EVENTS_PER_BODY = 10_000;

    /** The tenant, and a key of it that may read. */
    record Customer(TenantId tenant, String key) {}

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String baseUrl;
    private final Secret platformKey;
    private final Runnable stop;

    private Subject(String baseUrl, Secret platformKey, Runnable stop) {
        this.baseUrl = baseUrl;
        this.platformKey = platformKey;
        this.stop = stop;
    }

    static Subject start(Path folder) {
        return start(folder, Map.of());
    }

    /** The same with these settings instead of those by default. */
    static Subject start(Path folder, Map<String, String> settings) {
        return of(ServerInTests.start(folder, config(settings)));
    }

    /** The same over another engine. */
    static Subject start(Path folder, Map<String, String> settings, Function<CommitListener, OlapEngine> engine) {
        return of(ServerInTests.start(folder, config(settings), engine));
    }

    private static Subject of(ServerInTests server) {
        return new Subject(server.baseUrl(), server.platformKey(), server::close);
    }

    /** A cluster of so many nodes, and what it stands on, all of it other processes. */
    static Subject startCluster(Path folder, int nodes) {
        ClusterInTests cluster = ClusterInTests.start(folder, nodes);
        return new Subject(cluster.baseUrl(), cluster.platformKey(), cluster::close);
    }

    /** A crowd comes from one address here. */
    private static SextantConfig config(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("edge.connections.per_address_max", Integer.toString(ConnectionConfig.DEFAULT.allMax()));
        return ServerInTests.config(all);
    }

    /** A new tenant with this many events of the wiki. */
    Customer load(int events) throws IOException, InterruptedException {
        Customer customer = newCustomer("perf", Edits.DATASET, Edits.MODEL);
        Edits edits = new Edits();
        for (int left = events; left > 0; left -= EVENTS_PER_BODY) {
            send(customer, Edits.DATASET, edits.lines(Math.min(left, EVENTS_PER_BODY)));
        }
        return customer;
    }

    /** A new tenant with an empty dataset. */
    Customer newCustomer(String name, String dataset, String model) throws IOException, InterruptedException {
        String platform = platformKey.value();
        String tenant = text("id", platform, "/api/v2/admin/tenants", "{\"name\":\"%s\"}".formatted(name));
        String key = text("key", platform, "/api/v2/api-keys?tenant_id=" + tenant, """
                {"name":"perf","scopes":["analytics:read","datasets:read","datasets:write","events:write"]}""");
        post(key, "/api/v2/datasets", "application/json", "{\"name\":\"%s\",\"model\":%s}".formatted(dataset, model));
        return new Customer(new TenantId(tenant), key);
    }

    /** Sends events, a line each. */
    void send(Customer customer, String dataset, String lines) throws IOException, InterruptedException {
        post(customer.key(), "/api/v2/datasets/" + dataset + "/events", "application/x-ndjson", lines);
    }

    String url(String path) {
        return baseUrl + path;
    }

    int port() {
        return URI.create(baseUrl).getPort();
    }

    /** What the server answers. */
    String ask(Customer customer, String path, String body) throws IOException, InterruptedException {
        return post(customer.key(), path, "application/json", body);
    }

    /** The same; empty where the answer is not a success. */
    Optional<String> tryToAsk(Customer customer, String path, String body) throws IOException, InterruptedException {
        return answer(request(customer.key(), path, "application/json", body));
    }

    /** What there is at a path; empty where the answer is not a success. */
    Optional<String> tryToGet(Customer customer, String path) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(URI.create(baseUrl + path))
                .header("authorization", "Bearer " + customer.key())
                .GET()
                .build());
    }

    private Optional<String> answer(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        return response.statusCode() / 100 == 2 ? Optional.of(response.body()) : Optional.empty();
    }

    /** The same without waiting; fails where the answer is not a success. */
    CompletableFuture<String> askSoon(Customer customer, String path, String body) {
        return client.sendAsync(
                        request(customer.key(), path, "application/json", body), HttpResponse.BodyHandlers.ofString())
                .thenApply(response -> body(path, response));
    }

    private String text(String member, String key, String path, String body) throws IOException, InterruptedException {
        String answer = post(key, path, "application/json", body);
        return Json.tree(answer.getBytes(StandardCharsets.UTF_8)).path(member).textValue();
    }

    private String post(String key, String path, String type, String body) throws IOException, InterruptedException {
        return body(path, client.send(request(key, path, type, body), HttpResponse.BodyHandlers.ofString()));
    }

    private HttpRequest request(String key, String path, String type, String body) {
        return HttpRequest.newBuilder(URI.create(baseUrl + path))
                .header("authorization", "Bearer " + key)
                .header("content-type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static String body(String path, HttpResponse<String> response) {
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException(path + " answered " + response.body());
        }
        return response.body();
    }

    @Override
    public void close() {
        client.close();
        stop.run();
    }
}
