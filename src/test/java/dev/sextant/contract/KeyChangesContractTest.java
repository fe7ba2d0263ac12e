package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static dev.sextant.contract.Problems.errors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.bus.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that are changed while they live, and who may change them. */
@Timeout(60)
@Covers("updateApiKey")
class KeyChangesContractTest {

    private static final String KEYS = "/api/v2/api-keys";

    private static Service service;
    private static Customer acme;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS);
        acme = service.newCustomer();
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @Test
    void changesWhatIsNamedAndNothingElse() {
        JsonObject key = made("""
                {"name": "a", "scopes": ["keys:read"], "datasets": ["sales"], "address_ranges": ["127.0.0.1", "2001:DB8::/32"]}""");

        HttpResponse<Buffer> changed = acme.caller().patch(path(key), "{\"name\": \"b\", \"datasets\": null}");

        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.getHeader("etag")).isEqualTo("\"2\"");
        JsonObject told = acme.caller().get(path(key)).bodyAsJsonObject();
        assertThat(told).isEqualTo(changed.bodyAsJsonObject());
        assertThat(told.getString("name")).isEqualTo("b");
        assertThat(told.getJsonArray("scopes")).isEqualTo(JsonArray.of("keys:read"));
        assertThat(told.getValue("datasets")).isNull();
        assertThat(told.getJsonArray("address_ranges")).isEqualTo(JsonArray.of("127.0.0.1/32", "2001:db8::/32"));
        assertThat(told.getInteger("version")).isEqualTo(2);
    }

    @Test
    void aScopeThatIsTakenAwayIsGoneWithinASecondFromTokensToo() {
        JsonObject key = made("{\"name\": \"a\", \"scopes\": [\"keys:read\", \"analytics:read\"]}");
        Caller holder = acme.caller().as(key.getString("key"));
        Caller bearer = acme.caller().as(token(key));
        assertThat(holder.get(KEYS).statusCode()).isEqualTo(200);
        assertThat(bearer.get(KEYS).statusCode()).isEqualTo(200);

        acme.caller().patch(path(key), "{\"scopes\": [\"analytics:read\"]}");

        await().atMost(Duration.ofSeconds(1)).untilAsserted(() -> {
            assertProblem(holder.get(KEYS), 403, "insufficient_scope");
            assertProblem(bearer.get(KEYS), 403, "insufficient_scope");
        });
    }

    @Test
    void holdsTheVersionAgainstIfMatch() {
        JsonObject key = made("{\"name\": \"a\", \"scopes\": [\"keys:read\"]}");

        assertProblem(patch(key, "\"2\""), 412, "precondition_failed");
        assertThat(patch(key, "\"1\"").statusCode()).isEqualTo(200);
        assertProblem(patch(key, "\"1\""), 412, "precondition_failed");
        assertThat(patch(key, "\"2\"").statusCode()).isEqualTo(200);
    }

    @Test
    void bringsNoRevokedKeyBack() {
        JsonObject key = made("{\"name\": \"a\", \"scopes\": [\"keys:read\"]}");
        acme.caller().delete(path(key));

        assertProblem(acme.caller().patch(path(key), "{\"expires_at\": null}"), 422, "key_ended");
        assertThat(acme.caller().get(path(key)).bodyAsJsonObject().getString("revoked_because"))
                .isEqualTo("requested");
    }

    @Test
    void givesNothingThatTheCallerLacks() {
        JsonObject key = made("{\"name\": \"a\", \"scopes\": [\"keys:read\"]}");
        JsonObject weak = made("{\"name\": \"b\", \"scopes\": [\"keys:write\"], \"datasets\": [\"sales\"]}");
        JsonObject limited =
                made("{\"name\": \"c\", \"scopes\": [\"keys:write\", \"keys:read\"], \"datasets\": [\"sales\"]}");
        Caller weakly = acme.caller().as(weak.getString("key"));
        Caller within = acme.caller().as(limited.getString("key"));

        assertProblem(weakly.patch(path(key), "{\"name\": \"mine\"}"), 403, "insufficient_scope");
        assertProblem(
                weakly.patch(path(weak), "{\"scopes\": [\"keys:write\", \"keys:read\"]}"), 403, "insufficient_scope");
        assertProblem(weakly.patch(path(weak), "{\"datasets\": null}"), 403, "policy_denied");
        assertProblem(within.patch(path(weak), "{\"datasets\": [\"sales\", \"other\"]}"), 403, "policy_denied");
        assertProblem(within.patch(path(key), "{\"datasets\": [\"sales\"]}"), 403, "policy_denied");
        assertProblem(within.post(KEYS, "{\"name\": \"d\", \"scopes\": [\"keys:read\"]}"), 403, "policy_denied");
        assertThat(within.post(KEYS, "{\"name\": \"d\", \"scopes\": [\"keys:read\"], \"datasets\": [\"sales\"]}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(weakly.patch(path(weak), "{\"name\": \"own\"}").statusCode()).isEqualTo(200);
    }

    @Test
    void givesNoAddressThatTheCallersKeyHasNot() {
        JsonObject here = made("""
                {"name": "a", "scopes": ["keys:write"], "address_ranges": ["127.0.0.0/8"]}""");
        Caller caller = acme.caller().as(here.getString("key"));

        assertProblem(caller.patch(path(here), "{\"address_ranges\": null}"), 403, "policy_denied");
        assertProblem(caller.patch(path(here), "{\"address_ranges\": [\"0.0.0.0/0\"]}"), 403, "policy_denied");
        assertProblem(caller.post(KEYS, "{\"name\": \"b\", \"scopes\": [\"keys:write\"]}"), 403, "policy_denied");
        assertThat(caller.patch(path(here), "{\"address_ranges\": [\"127.0.0.1\"]}")
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                         | invalid",
                "{\"name\": null}                           | /name type_mismatch",
                "{\"scopes\": []}                           | /scopes wrong_length",
                "{\"datasets\": []}                         | /datasets wrong_length",
                "{\"datasets\": [\"No\"]}                   | /datasets/0 wrong_format",
                "{\"address_ranges\": [\"10.0.0.1/8\"]}     | /address_ranges/0 wrong_format",
                "{\"address_ranges\": [\"::1\", \"a.b\"]}   | /address_ranges/1 wrong_format",
                "{\"expires_at\": \"2020-01-01T00:00:00Z\"} | /expires_at out_of_range"
            })
    void refusesWhatIsNoChange(String body, String error) {
        JsonObject key = made("{\"name\": \"a\", \"scopes\": [\"keys:read\"]}");

        HttpResponse<Buffer> refused = acme.caller().patch(path(key), body);

        assertProblem(refused, 422, "invalid_request");
        assertThat(errors(refused).getFirst().strip()).isEqualTo(error);
    }

    @Test
    void anotherTenantChangesNothing() {
        Customer bolt = service.newCustomer();
        JsonObject key = made("{\"name\": \"a\", \"scopes\": [\"keys:read\"]}");

        assertProblem(bolt.caller().patch(path(key), "{\"name\": \"b\"}"), 404, "not_found");
        assertThat(acme.caller().get(path(key)).bodyAsJsonObject().getString("name"))
                .isEqualTo("a");
    }

    @Test
    void tellsWhenAKeyWasUsedLast() {
        JsonObject key = made("{\"name\": \"a\", \"scopes\": [\"keys:read\"]}");
        assertThat(acme.caller().get(path(key)).bodyAsJsonObject().getString("last_used_at"))
                .isNull();

        acme.caller().as(key.getString("key")).get(KEYS);

        await().atMost(Duration.ofSeconds(10))
                .until(() -> acme.caller().get(path(key)).bodyAsJsonObject().getString("last_used_at") != null);
    }

    private static HttpResponse<Buffer> patch(JsonObject key, String ifMatch) {
        return acme.caller()
                .send(
                        acme.caller().json(HttpMethod.PATCH, path(key)).putHeader("if-match", ifMatch),
                        Buffer.buffer("{\"name\": \"c\"}"));
    }

    private static JsonObject made(String wish) {
        HttpResponse<Buffer> made = acme.caller().post(KEYS, wish);
        assertThat(made.statusCode()).as(made.bodyAsString()).isEqualTo(201);
        return made.bodyAsJsonObject();
    }

    private static String token(JsonObject key) {
        return Tokens.of(service, key.getString("id"), key.getString("key"));
    }

    private static String path(JsonObject key) {
        return KEYS + "/" + key.getString("id");
    }
}
