package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static dev.sextant.contract.Problems.errors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.bus.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** API keys from their tenant's side, and what a key opens and does not. */
@Timeout(60)
@Covers({"createApiKey", "listApiKeys", "getApiKey", "revokeApiKey"})
class ApiKeysContractTest {

    private static final String KEYS = "/api/v2/api-keys";

    private static Service service;
    private static Customer acme;
    private static Customer bolt;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS);
        acme = service.newCustomer();
        bolt = service.newCustomer();
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @Test
    void makesAKeyThatWorksAndIsShownOnce() {
        HttpResponse<Buffer> made =
                create(acme, "{\"name\": \"ci\", \"scopes\": [\"keys:read\"], \"expires_at\": null}");

        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.getHeader("cache-control")).isEqualTo("no-store");
        JsonObject key = made.bodyAsJsonObject();
        assertThat(key.getString("key")).startsWith(key.getString("prefix"));
        assertThat(made.getHeader("location")).isEqualTo(KEYS + "/" + key.getString("id"));
        JsonObject told = service.platform()
                .as(key.getString("key"))
                .get(KEYS + "/" + key.getString("id"))
                .bodyAsJsonObject();
        assertThat(told.getString("name")).isEqualTo("ci");
        assertThat(told.getJsonArray("scopes")).isEqualTo(JsonArray.of("keys:read"));
        assertThat(told.encode()).doesNotContain(key.getString("key"));
    }

    @Test
    void listsAllKeysOfTheTenantInPages() {
        Customer customer = service.newCustomer();
        String second = id(create(customer, "{\"name\": \"b\", \"scopes\": [\"events:write\"]}"));

        JsonObject first = customer.caller().get(KEYS + "?limit=1").bodyAsJsonObject();
        HttpResponse<Buffer> rest = customer.caller().get(KEYS + "?limit=1&cursor=" + first.getString("next_cursor"));

        assertThat(ids(first)).containsExactly(customer.keyId());
        assertThat(first.getBoolean("has_more")).isTrue();
        assertThat(ids(rest.bodyAsJsonObject())).containsExactly(second);
        assertThat(rest.bodyAsJsonObject().getBoolean("has_more")).isFalse();
        assertThat(rest.getHeader("link")).isNull();
    }

    @Test
    void refusesACursorThatWeDidNotGive() {
        assertProblem(acme.caller().get(KEYS + "?cursor=abc"), 422, "invalid_cursor");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                            | /name missing_field, /scopes missing_field",
                "{\"name\": \"a\", \"scopes\": []}                             | /scopes wrong_length",
                "{\"name\": \"a\", \"scopes\": [\"all\"]}                      | /scopes/0 not_allowed",
                "{\"name\": \"a\", \"scopes\": [\"keys:read\", \"keys:read\"]} | /scopes invalid",
                "{\"name\": \"a\", \"scopes\": [\"keys:read\"], \"expires_at\": \"tomorrow\"}             | /expires_at wrong_format",
                "{\"name\": \"a\", \"scopes\": [\"keys:read\"], \"expires_at\": \"2020-01-01T00:00:00Z\"} | /expires_at out_of_range",
                "{\"name\": \"a\", \"scopes\": [\"keys:read\"], \"expires_at\": \"9999-12-31T23:59:59.999-18:00\"} | /expires_at wrong_format",
                "{\"name\": \"a\", \"scopes\": [\"keys:read\"], \"expires_at\": \"0001-01-01T00:00:00+01:00\"} | /expires_at wrong_format",
                "{\"name\": \"a\", \"scopes\": [\"keys:read\"], \"tenant_id\": \"ten_a\"}                 | /tenant_id unknown_field"
            })
    void refusesWhatIsNoKey(String body, String error) {
        HttpResponse<Buffer> response = create(acme, body);

        assertProblem(response, 422, "invalid_request");
        assertThat(errors(response)).containsExactlyInAnyOrder(error.split(", ", -1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2030-12-31T23:59:60Z", "9999-12-31T23:59:59Z", "2030-01-01T00:00:00+14:00"})
    void neverFailsAtATimeThatTheContractTakes(String expiresAt) {
        HttpResponse<Buffer> response = create(
                acme, "{\"name\": \"a\", \"scopes\": [\"keys:read\"], \"expires_at\": \"%s\"}".formatted(expiresAt));

        assertThat(response.statusCode()).isLessThan(500);
    }

    @Test
    void givesNoScopeThatTheCallerLacks() {
        JsonObject weak = Service.newKey(acme.caller(), acme.tenant(), List.of("keys:write"));

        HttpResponse<Buffer> response = service.platform()
                .as(weak.getString("key"))
                .post(KEYS, "{\"name\": \"stronger\", \"scopes\": [\"keys:write\", \"analytics:read\"]}");

        assertProblem(response, 403, "insufficient_scope");
    }

    @ParameterizedTest
    @ValueSource(strings = {"platform:tenants", "platform:cross_tenant"})
    void givesPlatformScopesToNoCustomer(String scope) {
        String wish = "{\"name\": \"a\", \"scopes\": [\"%s\"]}".formatted(scope);

        assertProblem(create(acme, wish), 403, "insufficient_scope");
        assertProblem(service.platform().post(KEYS + "?tenant_id=" + acme.tenant(), wish), 403, "insufficient_scope");
    }

    @Test
    void letsThePlatformGiveScopesThatItLacksToACustomer() {
        JsonObject operator =
                Service.newKey(service.platform(), "ten_platform", List.of("keys:write", "platform:cross_tenant"));
        Caller caller = service.platform().as(operator.getString("key"));

        assertThat(Service.newKey(caller, acme.tenant(), List.of("events:write"))
                        .getString("key"))
                .startsWith("ak_live_");
        assertProblem(
                caller.post(KEYS, "{\"name\": \"a\", \"scopes\": [\"platform:tenants\"]}"), 403, "insufficient_scope");
    }

    @Test
    void aRevokedKeyIsRefusedWithinASecondAndStaysInTheList() {
        JsonObject key = Service.newKey(acme.caller(), acme.tenant(), List.of("keys:read"));
        Caller holder = service.platform().as(key.getString("key"));
        String path = KEYS + "/" + key.getString("id");
        assertThat(holder.get(path).statusCode()).isEqualTo(200);

        assertThat(acme.caller().delete(path).statusCode()).isEqualTo(204);

        await().atMost(Duration.ofSeconds(1)).untilAsserted(() -> assertProblem(holder.get(path), 401, "key_revoked"));
        assertThat(acme.caller().delete(path).statusCode()).isEqualTo(204);
        assertThat(acme.caller().get(path).bodyAsJsonObject().getString("revoked_at"))
                .isNotNull();
    }

    @Test
    void aKeyEndsWhenItSaid() {
        String expiresAt = service.clock().instant().plusSeconds(3600).toString();
        JsonObject key = create(
                        acme,
                        "{\"name\": \"a\", \"scopes\": [\"keys:read\"], \"expires_at\": \"%s\"}".formatted(expiresAt))
                .bodyAsJsonObject();
        Caller holder = service.platform().as(key.getString("key"));
        assertThat(holder.get(KEYS).statusCode()).isEqualTo(200);

        service.clock().advance(Duration.ofSeconds(3601));

        assertProblem(holder.get(KEYS), 401, "key_expired");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nothing",
                "ak_live_",
                "ak_live_0000000000000000000000000000000000000000000000000000000000000000000"
            })
    void refusesWhatIsNoCredential(String credential) {
        HttpResponse<Buffer> response = service.platform().as(credential).get(KEYS);

        assertProblem(response, 401, "unauthenticated");
        assertThat(response.getHeader("www-authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
    }

    @Test
    void refusesAMistypedKeyAndNoKey() {
        String key = acme.key();
        char last = key.charAt(key.length() - 1);
        String mistyped = key.substring(0, key.length() - 1) + (last == 'a' ? 'b' : 'a');

        assertProblem(service.platform().as(mistyped).get(KEYS), 401, "unauthenticated");
        HttpResponse<Buffer> without = service.anonymous().get(KEYS);
        assertProblem(without, 401, "unauthenticated");
        assertThat(without.getHeader("www-authenticate")).isEqualTo("Bearer");
    }

    @Test
    void anotherTenantSeesNothing() {
        String path = KEYS + "/" + acme.keyId();

        assertProblem(bolt.caller().get(path), 404, "not_found");
        assertProblem(bolt.caller().delete(path), 404, "not_found");
        assertThat(ids(bolt.caller().get(KEYS).bodyAsJsonObject())).doesNotContain(acme.keyId());
        assertThat(acme.caller().get(path).bodyAsJsonObject().getString("revoked_at"))
                .isNull();
    }

    @Test
    void anotherTenantMayNotEvenName() {
        String there = "?tenant_id=" + acme.tenant();
        String wish = "{\"name\": \"a\", \"scopes\": [\"keys:read\"]}";

        assertProblem(bolt.caller().get(KEYS + there), 403, "tenant_mismatch");
        assertProblem(bolt.caller().post(KEYS + there, wish), 403, "tenant_mismatch");
        assertProblem(bolt.caller().get(KEYS + "/" + acme.keyId() + there), 403, "tenant_mismatch");
        assertProblem(bolt.caller().delete(KEYS + "/" + acme.keyId() + there), 403, "tenant_mismatch");
        assertThat(acme.caller().get(KEYS + there).statusCode()).isEqualTo(200);
    }

    @Test
    void thePlatformFindsNoTenantWhereThereIsNone() {
        Customer gone = service.newCustomer();
        String there = KEYS + "?tenant_id=" + gone.tenant();
        assertThat(service.platform().get(there).statusCode()).isEqualTo(200);

        service.platform().patch("/api/v2/admin/tenants/" + gone.tenant(), "{\"status\": \"suspended\"}");

        await().atMost(Duration.ofSeconds(1))
                .untilAsserted(() -> assertProblem(service.platform().get(there), 404, "not_found"));
        assertProblem(service.platform().get(KEYS + "?tenant_id=ten_nobodyhere"), 404, "not_found");
    }

    @Test
    void refusesTheCallWithoutTheScope() {
        JsonObject key = Service.newKey(acme.caller(), acme.tenant(), List.of("analytics:read"));
        Caller holder = service.platform().as(key.getString("key"));

        HttpResponse<Buffer> refused = holder.get(KEYS);
        assertProblem(refused, 403, "insufficient_scope");
        assertThat(refused.getHeader("www-authenticate"))
                .isEqualTo("Bearer error=\"insufficient_scope\", scope=\"keys:read\"");
        assertProblem(holder.delete(KEYS + "/" + acme.keyId()), 403, "insufficient_scope");
    }

    private static HttpResponse<Buffer> create(Customer customer, String wish) {
        return customer.caller().post(KEYS, wish);
    }

    private static String id(HttpResponse<Buffer> made) {
        return made.bodyAsJsonObject().getString("id");
    }

    private static List<String> ids(JsonObject page) {
        return page.getJsonArray("data").stream()
                .map(key -> ((JsonObject) key).getString("id"))
                .toList();
    }
}
