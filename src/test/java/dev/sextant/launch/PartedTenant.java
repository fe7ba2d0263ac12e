package dev.sextant.launch;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A new tenant of a {@link PartedCluster}, with the dataset {@code visits}. Its events go to each node in the same order: what a
 * node that is cut off did not get, it gets when it is back.
 */
final class PartedTenant {

    static final int USERS = 4;

    private static final int BATCH = 20;
    private static final String SCOPES = "[\"analytics:read\",\"datasets:read\",\"datasets:write\",\"events:write\"]";
    private static final String MODEL = """
            {"name":"visits","model":{"time":"time","dimensions":[{"name":"user","type":"string"},{"name":"page","type":"string"}]}}""";

    final String id;
    final String key;

    private final PartedCluster cluster;
    private final Map<Integer, Integer> nodeToSent = new HashMap<>();
    private int batches;

    PartedTenant(PartedCluster cluster) {
        this.cluster = cluster;
        Caller operator = cluster.operator(1);
        id = operator.json(
                        "POST",
                        "/api/v2/admin/tenants",
                        "{\"name\":\"%s\",\"plan\":\"enterprise\"}".formatted(UUID.randomUUID()))
                .get("id")
                .textValue();
        key = operator.json("POST", keys(), "{\"name\":\"all\",\"scopes\":%s}".formatted(SCOPES))
                .get("key")
                .textValue();
        at(1).json("POST", "/api/v2/datasets", MODEL);
    }

    String keys() {
        return "/api/v2/api-keys?tenant_id=" + id;
    }

    Caller at(int node) {
        return cluster.caller(node, key);
    }

    /** A question with one number for its answer. */
    static String byUser(int user) {
        return """
                {"dataset":"visits","measures":[{"agg":"count"}],"filter":{"field":"user","op":"eq","value":"u%d"}}""".formatted(user);
    }

    /** Another batch, for these nodes; and what they have not got yet. */
    void send(List<Integer> nodes) {
        batches++;
        nodes.forEach(this::catchUp);
    }

    private void catchUp(int node) {
        for (int batch = nodeToSent.getOrDefault(node, 0); batch < batches; batch++) {
            at(node).json("POST", "/api/v2/datasets/visits/events", events(batch));
            nodeToSent.put(node, batch + 1);
        }
    }

    private static String events(int batch) {
        List<String> events = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            events.add("{\"event_id\":\"b%d_%d\",\"user\":\"u%d\",\"page\":\"/\"}".formatted(batch, i, i % USERS));
        }
        return "[" + String.join(",", events) + "]";
    }

    /** What {@link #byUser} answers, of each user, where all batches are. */
    long expected() {
        return (long) batches * BATCH / USERS;
    }

    long counted(int node, int user) {
        return at(node).json("POST", Tenant.QUERY, byUser(user)).at("/rows/0/0").longValue();
    }

    /** Has a node answer that question later; the operation. */
    JsonNode submit(int node, String question) {
        return at(node).json("POST", Tenant.QUERY, question, "prefer", "respond-async");
    }

    /** The status that a node answers that question with, when it is over. */
    int waited(int node, String question, Duration patience) {
        return at(node).status("POST", Tenant.QUERY, question, "prefer", "respond-async, wait=" + patience.toSeconds());
    }

    Tenant watchedAt(int node) {
        return new Tenant(cluster.baseUrl(node), key);
    }
}
