package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static dev.sextant.contract.Problems.errors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.TestServers;
import dev.sextant.bus.Bus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keys that have roles: what these give them, on requests and sockets, and how fast a change of them is felt. */
@Timeout(120)
class KeyRolesContractTest {

    private static final String KEYS = "/api/v2/api-keys";
    private static final String COUNT = "{\"dataset\":\"orders\",\"measures\":[{\"agg\":\"count\"}]}";
    private static final Duration SOON = Duration.ofSeconds(1);

    private static Service service;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS, TestServers.freshPostgres(), Streams.config());
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @Test
    void aKeyMayWhatItsRolesGiveAndItsScopesSay() {
        Customer acme = Streams.customerWithOrders(service);
        JsonObject key = newKey(acme, "viewer", List.of("analytics:read", "datasets:write", "keys:write"));
        Caller viewer = service.platform().as(key.getString("key"));

        assertThat(key.getJsonArray("roles")).isEqualTo(JsonArray.of("viewer"));
        assertThat(viewer.post(Sales.QUERY, COUNT).statusCode()).isEqualTo(200);
        assertProblem(viewer.get(Sales.DATASETS), 403, "insufficient_scope");
        assertProblem(viewer.patch(Sales.DATASETS + "/orders", "{\"description\": \"x\"}"), 403, "insufficient_scope");
        assertProblem(
                viewer.post(KEYS, "{\"name\": \"a\", \"scopes\": [\"analytics:read\"]}"), 403, "insufficient_scope");
    }

    @Test
    void nullTakesTheLimitOfRolesAway() {
        Customer acme = service.newCustomer();
        JsonObject made = acme.caller()
                .post(KEYS, "{\"name\": \"a\", \"scopes\": [\"keys:read\"], \"roles\": null}")
                .bodyAsJsonObject();
        String path = KEYS + "/" + newKey(acme, "viewer", List.of("keys:read")).getString("id");

        assertThat(made.getJsonArray("roles")).isEmpty();
        assertThat(acme.caller()
                        .patch(path, "{\"name\": \"b\"}")
                        .bodyAsJsonObject()
                        .getJsonArray("roles"))
                .isEqualTo(JsonArray.of("viewer"));
        assertThat(acme.caller()
                        .patch(path, "{\"roles\": null}")
                        .bodyAsJsonObject()
                        .getJsonArray("roles"))
                .isEmpty();
    }

    @Test
    void refusesRolesThatThereAreNot() {
        Customer acme = service.newCustomer();
        String path = KEYS + "/" + newKey(acme, "viewer", List.of("keys:read")).getString("id");

        var made = acme.caller()
                .post(KEYS, "{\"name\": \"a\", \"scopes\": [\"keys:read\"], \"roles\": [\"viewer\", \"boss\"]}");
        var changed = acme.caller().patch(path, "{\"roles\": [\"boss\"]}");

        assertProblem(made, 422, "invalid_request");
        assertThat(errors(made)).containsExactly("/roles/1 not_allowed");
        assertThat(errors(changed)).containsExactly("/roles/0 not_allowed");
    }

    @Test
    void whoeverIsKeptFromSomethingMakesNoKeyThatIsNot() {
        Customer acme = Streams.customerWithOrders(service);
        hideFrance(acme, "admin");
        Caller admin = service.platform()
                .as(newKey(acme, "admin", List.of("analytics:read", "keys:write"))
                        .getString("key"));

        assertProblem(admin.post(KEYS, "{\"name\": \"a\", \"scopes\": [\"analytics:read\"]}"), 403, "policy_denied");
        String free = Service.newKey(acme.caller(), acme.tenant(), List.of("analytics:read"))
                .getString("id");
        assertProblem(admin.patch(KEYS + "/" + free, "{\"name\": \"mine\"}"), 403, "policy_denied");
        assertProblem(admin.post(KEYS + "/" + free + "/rotate", "{\"overlap\": \"1h\"}"), 403, "policy_denied");
    }

    @Test
    void aChangeOfRulesIsFeltWithinASecond() {
        Customer acme = Streams.customerWithOrders(service);
        Streams.order(acme, "DE", 1);
        Streams.order(acme, "FR", 1);
        Caller viewer = service.platform()
                .as(newKey(acme, "viewer", List.of("analytics:read")).getString("key"));
        assertThat(count(viewer)).isEqualTo("[[2]]");

        hideFrance(acme, "viewer");

        await().atMost(SOON).untilAsserted(() -> assertThat(count(viewer)).isEqualTo("[[1]]"));
        acme.caller().delete("/api/v2/admin/policies/pol_fr");
        await().atMost(SOON).untilAsserted(() -> assertThat(count(viewer)).isEqualTo("[[2]]"));
    }

    @Test
    void aTokenIsUnderTheRulesOfItsKey() {
        Customer acme = Streams.customerWithOrders(service);
        Streams.order(acme, "DE", 1);
        Streams.order(acme, "FR", 1);
        hideFrance(acme, "viewer");
        JsonObject key = newKey(acme, "viewer", List.of("analytics:read", "keys:read"));

        String token = token(key);

        assertThat(count(service.platform().as(token))).isEqualTo("[[1]]");
        assertProblem(service.platform().as(token).get(KEYS), 403, "insufficient_scope");
    }

    private static String token(JsonObject key) {
        return service.anonymous()
                .send(
                        service.anonymous()
                                .request(io.vertx.core.http.HttpMethod.POST, "/oauth/token")
                                .putHeader("content-type", "application/x-www-form-urlencoded"),
                        io.vertx.core.buffer.Buffer.buffer("grant_type=client_credentials&client_id=%s&client_secret=%s"
                                .formatted(key.getString("id"), key.getString("key"))))
                .bodyAsJsonObject()
                .getString("access_token");
    }

    @Test
    void aLiveQueryTellsWhatIsSeenAndItsSocketEndsWithTheRights() {
        Customer acme = Streams.customerWithOrders(service);
        hideFrance(acme, "viewer");
        JsonObject key = newKey(acme, "viewer", List.of("analytics:read"));
        StreamClient all = StreamClient.open(service, acme.caller());
        StreamClient some = StreamClient.open(service, service.platform().as(key.getString("key")));
        all.send(Streams.subscribe("s", Streams.BY_COUNTRY));
        some.send(Streams.subscribe("s", Streams.BY_COUNTRY));
        all.next("snapshot");
        some.next("snapshot");

        Streams.order(acme, "FR", 5);
        assertThat(StreamClient.rows(all.next("delta"), "upsert")).containsExactly("[\"FR\",1,5]");
        Streams.order(acme, "DE", 7);

        assertThat(StreamClient.rows(some.next("delta"), "upsert")).containsExactly("[\"DE\",1,7]");
        acme.caller().delete("/api/v2/admin/policies/pol_fr");
        assertThat(some.closeCode()).isEqualTo(4401);
    }

    private static void hideFrance(Customer customer, String role) {
        customer.caller().put("/api/v2/admin/policies/pol_fr", """
                        {"name": "n", "effect": "deny", "roles": ["%s"], "resources": ["dataset/orders"], "actions": ["read"],
                         "rows": {"field": "country", "op": "eq", "value": "FR"}}""".formatted(role));
    }

    private static JsonObject newKey(Customer customer, String role, List<String> scopes) {
        JsonObject wish = new JsonObject()
                .put("name", "of a test")
                .put("scopes", new JsonArray(scopes))
                .put("roles", JsonArray.of(role));
        var made = customer.caller().post(KEYS, wish.encode());
        assertThat(made.statusCode()).as(made.bodyAsString()).isEqualTo(201);
        return made.bodyAsJsonObject();
    }

    private static String count(Caller caller) {
        return caller.post(Sales.QUERY, COUNT)
                .bodyAsJsonObject()
                .getJsonArray("rows")
                .encode();
    }
}
