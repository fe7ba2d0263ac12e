package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static dev.sextant.contract.Problems.errors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.bus.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that get another text, and until when the one before is good. */
@Timeout(60)
@Covers("rotateApiKey")
class KeyRotationContractTest {

    private static final String KEYS = "/api/v2/api-keys";

    private static Service service;
    private Customer acme;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.WHERE_NEEDED);
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @BeforeEach
    void makeCustomer() {
        acme = service.newCustomer();
    }

    @Test
    void bothTextsAreGoodUntilTheOverlapEnds() {
        JsonObject key = Service.newKey(acme.caller(), acme.tenant(), List.of("keys:read"));

        HttpResponse<Buffer> response = rotate(key, "1h");

        JsonObject rotated = response.bodyAsJsonObject();
        assertThat(response.getHeader("cache-control")).isEqualTo("no-store");
        assertThat(rotated.getString("id")).isEqualTo(key.getString("id"));
        assertThat(rotated.getString("key")).startsWith(rotated.getString("prefix"));
        assertThat(ask(key).statusCode()).isEqualTo(200);
        assertThat(ask(rotated).statusCode()).isEqualTo(200);
        JsonObject told = acme.caller().get(path(key)).bodyAsJsonObject();
        assertThat(told.getString("prefix")).isEqualTo(rotated.getString("prefix"));
        assertThat(Instant.parse(told.getString("previous_ends_at")))
                .isEqualTo(Instant.parse(rotated.getString("previous_ends_at")));

        service.clock().advance(Duration.ofHours(1));

        assertProblem(ask(key), 401, "key_rotated");
        assertThat(ask(rotated).statusCode()).isEqualTo(200);
        assertThat(acme.caller().get(path(key)).bodyAsJsonObject().getString("previous_ends_at"))
                .isNull();
    }

    @Test
    void rotatingAgainEndsTheOverlapBefore() {
        JsonObject first = Service.newKey(acme.caller(), acme.tenant(), List.of("keys:read"));
        JsonObject second = rotate(first, "1h").bodyAsJsonObject();
        JsonObject third = rotate(first, "1h").bodyAsJsonObject();

        await().atMost(Duration.ofSeconds(1)).untilAsserted(() -> assertProblem(ask(first), 401, "key_rotated"));
        assertThat(ask(second).statusCode()).isEqualTo(200);
        assertThat(ask(third).statusCode()).isEqualTo(200);
    }

    @Test
    void withoutAnOverlapTheTextBeforeEndsAtOnce() {
        JsonObject key = Service.newKey(acme.caller(), acme.tenant(), List.of("keys:read"));
        assertThat(ask(key).statusCode()).isEqualTo(200);

        JsonObject rotated = rotate(key, "0s").bodyAsJsonObject();

        await().atMost(Duration.ofSeconds(1)).untilAsserted(() -> assertProblem(ask(key), 401, "key_rotated"));
        assertProblem(Tokens.ask(service.anonymous(), key.getString("id"), key.getString("key")), 401, "key_rotated");
        assertThat(ask(rotated).statusCode()).isEqualTo(200);
    }

    @Test
    void tokensOfATextThatEndedLiveUntilTheKeyIsRevoked() {
        JsonObject key = Service.newKey(acme.caller(), acme.tenant(), List.of("keys:read"));
        Caller bearer = acme.caller().as(Tokens.of(service, key.getString("id"), key.getString("key")));

        rotate(key, "0s");
        await().untilAsserted(() -> assertProblem(ask(key), 401, "key_rotated"));

        assertThat(bearer.get(KEYS).statusCode()).isEqualTo(200);
        acme.caller().delete(path(key));
        await().atMost(Duration.ofSeconds(1))
                .untilAsserted(() -> assertProblem(bearer.get(KEYS), 401, "token_revoked"));
    }

    @Test
    void aRevokedKeyIsRevokedWithAllOfItsTextsAndNotRotated() {
        JsonObject key = Service.newKey(acme.caller(), acme.tenant(), List.of("keys:read"));
        JsonObject rotated = rotate(key, "1h").bodyAsJsonObject();

        acme.caller().delete(path(key));

        await().atMost(Duration.ofSeconds(1)).untilAsserted(() -> {
            assertProblem(ask(key), 401, "key_revoked");
            assertProblem(ask(rotated), 401, "key_revoked");
        });
        assertProblem(rotate(key, "1h"), 422, "key_ended");
    }

    @Test
    void manyRotationsForgetTheOldestTextsOnly() {
        JsonObject key = Service.newKey(acme.caller(), acme.tenant(), List.of("keys:read"));
        JsonObject second = rotate(key, "0s").bodyAsJsonObject();
        for (int i = 0; i < 20; i++) {
            rotate(key, "0s");
        }

        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            assertProblem(ask(key), 401, "unauthenticated");
            assertProblem(ask(second), 401, "key_rotated");
        });
    }

    @Test
    void nobodyGetsAKeyBeyondTheirOwnByRotatingIt() {
        JsonObject key = Service.newKey(acme.caller(), acme.tenant(), List.of("keys:read", "events:write"));
        JsonObject weak = Service.newKey(acme.caller(), acme.tenant(), List.of("keys:write"));
        JsonObject limited = acme.caller().post(KEYS, """
                        {"name": "a", "scopes": ["keys:write", "keys:read", "events:write"], "datasets": ["sales"]}""").bodyAsJsonObject();
        Customer bolt = service.newCustomer();
        String wish = "{\"overlap\": \"1h\"}";

        assertProblem(
                acme.caller().as(weak.getString("key")).post(path(key) + "/rotate", wish), 403, "insufficient_scope");
        assertProblem(
                acme.caller().as(limited.getString("key")).post(path(key) + "/rotate", wish), 403, "policy_denied");
        assertProblem(bolt.caller().post(path(key) + "/rotate", wish), 404, "not_found");
        assertProblem(
                acme.caller().as(key.getString("key")).post(path(key) + "/rotate", wish), 403, "insufficient_scope");
        assertThat(ask(key).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                          | /overlap missing_field",
                "{\"overlap\": 60}           | /overlap type_mismatch",
                "{\"overlap\": \"-1h\"}      | /overlap wrong_format",
                "{\"overlap\": \"1h \"}      | /overlap wrong_format",
                "{\"overlap\": \"31d\"}      | /overlap out_of_range",
                "{\"overlap\": \"999999999d\"} | /overlap out_of_range"
            })
    void refusesWhatIsNoOverlap(String body, String error) {
        JsonObject key = Service.newKey(acme.caller(), acme.tenant(), List.of("keys:read"));

        HttpResponse<Buffer> refused = acme.caller().post(path(key) + "/rotate", body);

        assertProblem(refused, 422, "invalid_request");
        assertThat(errors(refused)).containsExactly(error);
    }

    private HttpResponse<Buffer> rotate(JsonObject key, String overlap) {
        return acme.caller().post(path(key) + "/rotate", "{\"overlap\": \"%s\"}".formatted(overlap));
    }

    private HttpResponse<Buffer> ask(JsonObject key) {
        return acme.caller().as(key.getString("key")).get(KEYS);
    }

    private static String path(JsonObject key) {
        return KEYS + "/" + key.getString("id");
    }
}
