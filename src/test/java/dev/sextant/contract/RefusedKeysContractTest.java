package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.TestServers;
import dev.sextant.bus.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever shows a key that is ours and is refused all the same is on record in the log of its tenant, once. */
@Timeout(120)
class RefusedKeysContractTest {

    private static final String DATASETS = "/api/v2/datasets";
    private static final String KEYS = "/api/v2/api-keys";
    private static final String ELSEWHERE = """
            {"name": "a", "scopes": ["datasets:read", "analytics:read"], "address_ranges": ["203.0.113.0/24"]}""";

    private static Service service;
    private static Customer acme;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS, TestServers.freshPostgres(), Streams.config());
        acme = service.newCustomer();
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @Test
    void oneThatIsUsedFromElsewhereIs() {
        JsonObject key = made(ELSEWHERE);

        HttpResponse<Buffer> refused = holder(key).get(DATASETS);
        HttpResponse<Buffer> again = holder(key).get(DATASETS);
        HttpResponse<Buffer> token = token(key);

        assertProblem(refused, 403, "address_not_allowed");
        assertRecord(refused, "listDatasets", key, 403, "address_not_allowed");
        assertRecord(again, "listDatasets", key, 403, "address_not_allowed");
        assertRecord(token, "issueToken", key, 403, "address_not_allowed");
    }

    @Test
    void oneThatWasRevokedIsAndSoAreItsTokens() {
        JsonObject key = made("{\"name\": \"a\", \"scopes\": [\"datasets:read\"]}");
        Caller bearer = acme.caller().as(token(key).bodyAsJsonObject().getString("access_token"));
        assertThat(bearer.get(DATASETS).statusCode()).isEqualTo(200);

        acme.caller().delete(KEYS + "/" + key.getString("id"));
        await().until(() -> bearer.get(DATASETS).statusCode() == 401);

        assertRecord(holder(key).get(DATASETS), "listDatasets", key, 401, "key_revoked");
        assertRecord(bearer.get(DATASETS), "listDatasets", key, 401, "token_revoked");
        assertRecord(token(key), "issueToken", key, 401, "key_revoked");
    }

    @Test
    void oneThatHasExpiredIsAndSoAreItsTokens() {
        JsonObject key = made("{\"name\": \"a\", \"scopes\": [\"datasets:read\"], \"expires_at\": \"%s\"}"
                .formatted(service.clock().instant().plus(Duration.ofDays(1))));
        Caller bearer = acme.caller().as(token(key).bodyAsJsonObject().getString("access_token"));

        service.clock().advance(Duration.ofDays(2));

        assertRecord(holder(key).get(DATASETS), "listDatasets", key, 401, "key_expired");
        assertRecord(bearer.get(DATASETS), "listDatasets", key, 401, "token_expired");
    }

    @Test
    void whoeverGuessesAKeyIsNot() {
        JsonObject key = made("{\"name\": \"a\", \"scopes\": [\"datasets:read\"]}");
        String text = key.getString("key");
        String guessed = text.substring(0, text.length() - 1) + (text.endsWith("0") ? "1" : "0");

        HttpResponse<Buffer> refused = acme.caller().as(guessed).get(DATASETS);
        HttpResponse<Buffer> later = holder(key).get(DATASETS);

        assertThat(refused.statusCode()).isEqualTo(401);
        AuditContractTest.recordOf(acme, later);
        assertThat(records("request_id=" + refused.getHeader("x-request-id"))).isEmpty();
    }

    @Test
    void aSocketThatIsClosedToAKeyIs() {
        JsonObject blind = made("{\"name\": \"a\", \"scopes\": [\"datasets:read\"]}");
        JsonObject elsewhere = made(ELSEWHERE);

        assertThat(closed(blind)).isEqualTo(4403);
        assertThat(closed(elsewhere)).isEqualTo(4403);

        assertSocket(blind, "insufficient_scope");
        assertSocket(elsewhere, "address_not_allowed");
    }

    private static int closed(JsonObject key) {
        StreamClient client = StreamClient.open(service, "");
        client.send("{'op':'auth','token':'%s'}".formatted(key.getString("key")));
        return client.closeCode();
    }

    private static void assertSocket(JsonObject key, String code) {
        String actor = "actor=" + key.getString("id");
        await().atMost(Duration.ofSeconds(20)).until(() -> !records(actor).isEmpty());
        assertThat(records(actor)).hasSize(1);
        JsonObject record = records(actor).getFirst();
        assertThat(record.getString("kind")).isEqualTo("call");
        assertThat(record.getInteger("status")).isEqualTo(403);
        assertThat(record.getString("code")).isEqualTo(code);
    }

    private static void assertRecord(
            HttpResponse<Buffer> answer, String operation, JsonObject key, int status, String code) {
        JsonObject record = AuditContractTest.recordOf(acme, answer);
        assertThat(record.getString("operation")).isEqualTo(operation);
        assertThat(record.getString("actor")).isEqualTo(key.getString("id"));
        assertThat(record.getInteger("status")).isEqualTo(status);
        assertThat(record.getString("code")).isEqualTo(code);
    }

    private static List<JsonObject> records(String filter) {
        return acme.caller().get("/api/v2/audit/events?" + filter).bodyAsJsonObject().getJsonArray("data").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private static JsonObject made(String wish) {
        return acme.caller().post(KEYS, wish).bodyAsJsonObject();
    }

    private static Caller holder(JsonObject key) {
        return acme.caller().as(key.getString("key"));
    }

    private static HttpResponse<Buffer> token(JsonObject key) {
        return Tokens.ask(service.anonymous(), key.getString("id"), key.getString("key"));
    }
}
