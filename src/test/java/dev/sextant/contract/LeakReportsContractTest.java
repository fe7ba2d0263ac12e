package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.TestServers;
import dev.sextant.bus.Bus;
import dev.sextant.identity.IdentitySecrets;
import dev.sextant.launch.Configs;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Anybody may say that a key has leaked; it tells them nothing, and costs little. Each test calls from a network of its own. */
@Timeout(60)
@Covers("reportLeak")
class LeakReportsContractTest {

    private static final String KEYS = "/api/v2/api-keys";
    private static final String REPORT = KEYS + "/leak-report";
    private static final String RECEIVED = "{\"status\":\"received\"}";

    private static Service service;
    private static Customer acme;

    @BeforeAll
    static void startService() {
        service = new Service(
                Bus.Wire.ALWAYS,
                TestServers.freshPostgres(),
                Configs.with(
                        Map.of("edge.trusted_proxies", "127.0.0.1", "identity.keys.leak_reports_per_minute", "5")));
        acme = service.newCustomer();
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @Test
    void killsTheKeyWithItsTokensWhoseverItIs() {
        JsonObject key = Service.newKey(acme.caller(), acme.tenant(), List.of("keys:read"));
        Caller holder = acme.caller().as(key.getString("key"));
        Caller bearer = acme.caller().as(Tokens.of(service, key.getString("id"), key.getString("key")));
        assertThat(holder.get(KEYS).statusCode()).isEqualTo(200);

        HttpResponse<Buffer> answer = report("192.0.2.1", key.getString("key"));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.bodyAsString()).isEqualTo(RECEIVED);
        await().atMost(Duration.ofSeconds(1)).untilAsserted(() -> {
            assertProblem(holder.get(KEYS), 401, "key_revoked");
            assertProblem(bearer.get(KEYS), 401, "token_revoked");
        });
        assertThat(acme.caller()
                        .get(KEYS + "/" + key.getString("id"))
                        .bodyAsJsonObject()
                        .getString("revoked_because"))
                .isEqualTo("leaked");
    }

    @Test
    void aTextThatWasRotatedAwayEndsAndTheKeyLives() {
        JsonObject key = Service.newKey(acme.caller(), acme.tenant(), List.of("keys:read"));
        JsonObject rotated = acme.caller()
                .post(KEYS + "/" + key.getString("id") + "/rotate", "{\"overlap\": \"1h\"}")
                .bodyAsJsonObject();

        assertThat(report("192.0.2.2", key.getString("key")).bodyAsString()).isEqualTo(RECEIVED);

        await().atMost(Duration.ofSeconds(1))
                .untilAsserted(() ->
                        assertProblem(acme.caller().as(key.getString("key")).get(KEYS), 401, "key_rotated"));
        assertThat(acme.caller().as(rotated.getString("key")).get(KEYS).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "ak_live_", "ak_live_0000", "' OR 1=1 --", "eyJhbGciOiJub25lIn0.e30."})
    void garbageIsAnsweredAlike(String garbage) {
        HttpResponse<Buffer> answer =
                report("2001:db8:%s::1".formatted(Integer.toHexString(garbage.length())), garbage);

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.bodyAsString()).isEqualTo(RECEIVED);
    }

    /** Well made, but of no key; and one that begins as a key does, and goes on otherwise. */
    @Test
    void aKeyThatThereIsNotIsAnsweredAlikeAndHarmsNobody() {
        String key = acme.key();
        String stranger = IdentitySecrets.makePlatformKey().value();
        String mixed = key.substring(0, 16) + stranger.substring(16);

        assertThat(report("192.0.2.3", stranger).bodyAsString()).isEqualTo(RECEIVED);
        assertThat(report("192.0.2.3", mixed).bodyAsString()).isEqualTo(RECEIVED);
        assertThat(report("192.0.2.3", key.substring(0, 16)).bodyAsString()).isEqualTo(RECEIVED);

        assertThat(acme.caller()
                        .get(KEYS + "/" + acme.keyId())
                        .bodyAsJsonObject()
                        .getString("revoked_at"))
                .isNull();
    }

    @Test
    void takesSoManyFromOneNetwork() {
        for (int i = 1; i <= 5; i++) {
            assertThat(report("2001:db8:aaaa:1::" + i, "garbage").statusCode()).isEqualTo(202);
        }

        HttpResponse<Buffer> refused = report("2001:db8:aaaa:1:ffff::1", "garbage");

        assertProblem(refused, 429, "quota_exceeded");
        assertThat(refused.getHeader("retry-after")).isEqualTo("60");
        assertThat(report("2001:db8:aaaa:2::1", "garbage").statusCode()).isEqualTo(202);
        service.clock().advance(Duration.ofSeconds(61));
        assertThat(report("2001:db8:aaaa:1::1", "garbage").statusCode()).isEqualTo(202);
    }

    @Test
    void readsNoMoreThanAReportNeeds() {
        assertProblem(send("192.0.2.4", "{\"key\": \"a\"}" + " ".repeat(2048)), 413, "too_large");
        assertProblem(report("192.0.2.4", "a".repeat(201)), 422, "invalid_request");
        assertProblem(send("192.0.2.4", "{}"), 422, "invalid_request");
    }

    private static HttpResponse<Buffer> report(String from, String key) {
        return send(from, new JsonObject().put("key", key).encode());
    }

    private static HttpResponse<Buffer> send(String from, String body) {
        Caller anybody = service.anonymous();
        return anybody.send(
                anybody.json(HttpMethod.POST, REPORT).putHeader("forwarded", "for=\"%s\"".formatted(node(from))),
                Buffer.buffer(body));
    }

    private static String node(String address) {
        return address.indexOf(':') < 0 ? address : "[" + address + "]";
    }
}
