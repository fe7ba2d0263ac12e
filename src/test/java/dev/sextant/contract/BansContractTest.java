package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.TestServers;
import dev.sextant.bus.Bus;
import dev.sextant.launch.ServerInTests;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever tries one credential after the other, or one name after the other, is refused for a while. */
@Timeout(60)
class BansContractTest {

    private static final String KEYS = "/api/v2/api-keys";
    private static final int FAILURES_MAX = 5;
    private static final int MISSES_MAX = 8;

    private Service service;
    private Customer acme;

    @BeforeEach
    void startService() {
        service = new Service(
                Bus.Wire.WHERE_NEEDED,
                TestServers.freshPostgres(),
                ServerInTests.config(Map.of(
                        "edge.bans.failures_max", Integer.toString(FAILURES_MAX),
                        "edge.bans.misses_max", Integer.toString(MISSES_MAX),
                        "edge.bans.ban", "1m")));
        acme = service.newCustomer();
    }

    @AfterEach
    void stopService() {
        service.close();
    }

    @Test
    void refusesAnAddressThatTriesOneKeyAfterTheOther() {
        guessKeys();

        HttpResponse<Buffer> response = service.platform().as("ak_live_another").get(KEYS);

        assertProblem(response, 429, "abnormal_usage_detected");
        assertThat(Integer.parseInt(response.getHeader("retry-after"))).isBetween(1, 61);
        assertThat(response.bodyAsJsonObject().getBoolean("retryable")).isTrue();
        assertProblem(service.anonymous().get(KEYS), 429, "abnormal_usage_detected");
    }

    @Test
    void aKeyThatWorkedFromThereGoesOnWorking() {
        assertThat(acme.caller().get(KEYS).statusCode()).isEqualTo(200);
        String unseen = Service.newKey(acme.caller(), acme.tenant(), List.of("keys:read"))
                .getString("key");

        guessKeys();

        assertThat(acme.caller().get(KEYS).statusCode()).isEqualTo(200);
        assertProblem(service.platform().as(unseen).get(KEYS), 429, "abnormal_usage_detected");
        assertThat(service.anonymous().get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void aKeyThatWorkedFromThereGoesOnGettingTokens() {
        assertThat(acme.caller().get(KEYS).statusCode()).isEqualTo(200);
        JsonObject asked = Service.newKey(acme.caller(), acme.tenant(), List.of("keys:read"));
        JsonObject unseen = Service.newKey(acme.caller(), acme.tenant(), List.of("keys:read"));
        assertThat(tokenByBasic(asked).statusCode()).isEqualTo(200);

        guessKeys();

        assertThat(tokenByBasic(new JsonObject().put("id", acme.keyId()).put("key", acme.key()))
                        .statusCode())
                .isEqualTo(200);
        assertThat(tokenByBasic(asked).statusCode()).isEqualTo(200);
        assertProblem(tokenByBasic(unseen), 429, "abnormal_usage_detected");
    }

    @Test
    void soDoesOneThatIsShownInTheForm() {
        assertThat(acme.caller().get(KEYS).statusCode()).isEqualTo(200);
        JsonObject asked = Service.newKey(acme.caller(), acme.tenant(), List.of("keys:read"));
        JsonObject unseen = Service.newKey(acme.caller(), acme.tenant(), List.of("keys:read"));
        assertThat(tokenByForm(asked).statusCode()).isEqualTo(200);

        guessKeys();

        assertThat(token(acme.key()).statusCode()).isEqualTo(200);
        assertThat(tokenByForm(asked).statusCode()).isEqualTo(200);
        assertThat(tokenByBasic(asked).statusCode()).isEqualTo(200);
        assertProblem(tokenByForm(unseen), 429, "abnormal_usage_detected");
        assertProblem(form("grant_type=client_credentials&client_id=" + acme.keyId()), 429, "abnormal_usage_detected");
    }

    @Test
    void aTokenThatIsGotDuringABanWorksFromThere() {
        assertThat(acme.caller().get(KEYS).statusCode()).isEqualTo(200);
        Caller earlier = acme.caller().as(Tokens.of(service, acme.keyId(), acme.key()));
        guessKeys();

        HttpResponse<Buffer> issued = token(acme.key());

        assertThat(issued.statusCode()).isEqualTo(200);
        Caller bearer = acme.caller().as(issued.bodyAsJsonObject().getString("access_token"));
        assertThat(bearer.get(KEYS).statusCode()).isEqualTo(200);
        assertThat(earlier.get(KEYS).statusCode()).isEqualTo(200);
    }

    @Test
    void soDoWhatASignInGotBeforeAndWhatItIsRenewedBy() {
        People.create(acme, "ada@example.com", "viewer");
        Relying board = Relying.register(service, acme, "public", "datasets:read");
        JsonObject before = board.redeem(board.code(new Browser(service), "ada@example.com", People.PASSWORD))
                .bodyAsJsonObject();
        guessKeys();

        HttpResponse<Buffer> renewed = board.refresh(before.getString("refresh_token"));
        HttpResponse<Buffer> again = board.refresh(renewed.bodyAsJsonObject().getString("refresh_token"));

        assertThat(again.statusCode()).as(again.bodyAsString()).isEqualTo(200);
        assertThat(acme.caller()
                        .as(again.bodyAsJsonObject().getString("access_token"))
                        .get(Sales.DATASETS)
                        .statusCode())
                .isEqualTo(200);
        assertProblem(board.refresh("guess"), 429, "abnormal_usage_detected");
    }

    @Test
    void oneKeyThatIsUsedFromElsewhereAgainAndAgainIsHeldAgainstItsAddressToo() {
        JsonObject key = acme.caller().post(KEYS, """
                        {"name": "a", "scopes": ["keys:read"], "address_ranges": ["203.0.113.0/24"]}""").bodyAsJsonObject();

        for (int i = 0; i <= 10 * FAILURES_MAX + 10; i++) {
            acme.caller().as(key.getString("key")).get(KEYS);
        }

        assertProblem(acme.caller().as(key.getString("key")).get(KEYS), 429, "abnormal_usage_detected");
        assertThat(acme.caller().get(KEYS).statusCode()).isEqualTo(200);
    }

    @Test
    void whatWasShownInAFormIsBelievedOnlyOnceItWorked() {
        assertProblem(token("ak_live_guess"), 401, "invalid_client");

        guessKeys(FAILURES_MAX);

        assertProblem(token("ak_live_guess"), 429, "abnormal_usage_detected");
    }

    @Test
    void whatWasShownByBasicIsBelievedOnlyOnceItWorked() {
        JsonObject guess = new JsonObject().put("id", acme.keyId()).put("key", "ak_live_guess");
        assertProblem(tokenByBasic(guess), 401, "invalid_client");

        guessKeys(FAILURES_MAX);

        assertProblem(tokenByBasic(guess), 429, "abnormal_usage_detected");
    }

    private HttpResponse<Buffer> tokenByBasic(JsonObject key) {
        String idAndKey = key.getString("id") + ":" + key.getString("key");
        String basic = Base64.getEncoder().encodeToString(idAndKey.getBytes(StandardCharsets.UTF_8));
        return service.anonymous()
                .send(
                        service.anonymous()
                                .request(HttpMethod.POST, "/oauth/token")
                                .putHeader("content-type", "application/x-www-form-urlencoded")
                                .putHeader("authorization", "Basic " + basic),
                        Buffer.buffer("grant_type=client_credentials"));
    }

    @Test
    void aBanEndsByItself() {
        String unseen = Service.newKey(acme.caller(), acme.tenant(), java.util.List.of("keys:read"))
                .getString("key");
        guessKeys();

        service.clock().advance(Duration.ofSeconds(61));

        assertThat(service.platform().as(unseen).get(KEYS).statusCode()).isEqualTo(200);
        assertProblem(service.platform().as("ak_live_one_more").get(KEYS), 401, "unauthenticated");
    }

    @Test
    void oneWrongKeyAgainAndAgainIsAMistakeAndNotAnAttack() {
        for (int i = 0; i < 4 * FAILURES_MAX; i++) {
            assertProblem(service.platform().as("ak_live_old").get(KEYS), 401, "unauthenticated");
        }
    }

    @Test
    void guessingSecretsForTokensIsTheSame() {
        for (int i = 0; i <= FAILURES_MAX; i++) {
            assertProblem(token("ak_live_" + i), 401, "invalid_client");
        }

        assertProblem(token(acme.key()), 429, "abnormal_usage_detected");
    }

    private HttpResponse<Buffer> token(String secret) {
        return tokenByForm(new JsonObject().put("id", acme.keyId()).put("key", secret));
    }

    private HttpResponse<Buffer> tokenByForm(JsonObject key) {
        return form("grant_type=client_credentials&client_id=%s&client_secret=%s"
                .formatted(key.getString("id"), key.getString("key")));
    }

    private HttpResponse<Buffer> form(String form) {
        return service.anonymous()
                .send(
                        service.anonymous()
                                .request(HttpMethod.POST, "/oauth/token")
                                .putHeader("content-type", "application/x-www-form-urlencoded"),
                        Buffer.buffer(form));
    }

    @Test
    void refusesACallerWhoTriesOneNameAfterTheOther() {
        Customer other = service.newCustomer();
        for (int i = 0; i <= MISSES_MAX; i++) {
            assertProblem(acme.caller().get(Sales.DATASETS + "/guess" + i), 404, "not_found");
        }

        assertProblem(acme.caller().get(KEYS), 429, "abnormal_usage_detected");
        assertThat(other.caller().get(KEYS).statusCode()).isEqualTo(200);
    }

    @Test
    void guessingKeysOverSocketsIsTheSame() {
        for (int i = 0; i <= FAILURES_MAX; i++) {
            StreamClient client = StreamClient.open(service, "");
            client.send("{'op':'auth','token':'ak_live_guess%d'}".formatted(i));
            assertThat(client.closeCode()).isEqualTo(4401);
        }

        assertProblem(service.platform().as("ak_live_another").get(KEYS), 429, "abnormal_usage_detected");
    }

    private void guessKeys() {
        guessKeys(FAILURES_MAX + 1);
    }

    private void guessKeys(int count) {
        for (int i = 0; i < count; i++) {
            assertProblem(service.platform().as("ak_live_guess" + i).get(KEYS), 401, "unauthenticated");
        }
    }
}
