package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A tenant that has one of each thing, with a mark in it that must be seen by nobody else.
 *
 * @param mark also the name of a dataset, a role and a provider
 * @param number a value among its events that is nobody else's
 * @param kindToId of what has ids that are made
 */
record Estate(Customer customer, String mark, String number, Map<String, String> kindToId) {

    static Estate of(Service service, String mark) {
        Customer customer = service.newCustomer();
        Caller caller = customer.caller();
        String number = "77007700" + (1000 + Math.floorMod(mark.hashCode(), 9000));
        caller.post(Sales.DATASETS, """
                {"name": "%1$s", "description": "%1$s", "default": true, "model": {
                  "entity": "user", "dimensions": [{"name": "%1$s", "type": "string"}]}}""".formatted(mark));
        Sales.create(customer, "sales");
        Sales.send(
                customer,
                Sales.DATASETS + "/" + mark + "/events",
                "[{\"%1$s\": \"%1$s\", \"user\": \"%1$s\"}]".formatted(mark));
        Sales.send(customer, Sales.EVENTS_PATH, "[{\"country\": \"%s\", \"amount\": %s}]".formatted(mark, number));
        caller.put("/api/v2/admin/roles/" + mark, "{\"scopes\": [], \"grants\": []}");
        caller.put("/api/v2/admin/policies/pol_" + mark, """
                {"name": "%1$s", "effect": "allow", "roles": ["%1$s"], "resources": ["dataset/%1$s"],
                 "actions": ["read"]}""".formatted(mark));
        JsonObject operation = caller.send(
                        caller.json(HttpMethod.POST, Sales.QUERY).putHeader("prefer", "respond-async"),
                        Buffer.buffer(query(mark)))
                .bodyAsJsonObject();
        JsonObject saved = caller.post(
                        "/api/v2/saved-queries", "{\"name\": \"%s\", \"query\": %s}".formatted(mark, query(mark)))
                .bodyAsJsonObject();
        return new Estate(
                customer,
                mark,
                number,
                Map.of(
                        "/api-keys/", customer.keyId(),
                        "/users/", People.create(customer, mark + "@example.com", "viewer"),
                        "/oauth/clients/",
                                Relying.register(service, customer, "public", "analytics:read")
                                        .clientId(),
                        "/identity-providers/", mark,
                        "/operations/", operation.getString("id"),
                        "/saved-queries/", saved.getString("id"),
                        "/queries/", operation.getString("query_id"),
                        "/admin/roles/", mark,
                        "/admin/policies/", "pol_" + mark,
                        "/admin/tenants/", customer.tenant()));
    }

    private static String query(String mark) {
        return "{\"measures\": [{\"agg\": \"count\", \"as\": \"%s\"}]}".formatted(mark);
    }

    /** The operation's path, with this tenant's ids and names in it. */
    String path(Promised promised) {
        String id = kindToId.entrySet().stream()
                .filter(kind -> promised.path().contains("/api/v2" + kind.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("{id}");
        String path = promised.path()
                .replace("{name}", mark)
                .replace("{rollup}", mark)
                .replace("{id}", id);
        assertThat(path).as("an id for each part of the path").doesNotContain("{");
        return path;
    }

    /**
     * What an answer tells of this tenant; empty where it is nothing. What was asked may be told again, as the name of what
     * there is not, and in the path.
     */
    String seenIn(HttpResponse<Buffer> response) {
        String text = response.bodyAsString();
        if (text == null) {
            return "";
        }
        if (response.statusCode() >= 400) {
            JsonObject problem = new JsonObject(text);
            problem.remove("instance");
            problem.put("detail", problem.getString("detail").replace("There is no dataset '" + mark + "'", ""));
            text = problem.encode();
        }
        return Stream.of(mark, customer.keyId(), customer.key(), number)
                .filter(text::contains)
                .findFirst()
                .orElse("");
    }
}
