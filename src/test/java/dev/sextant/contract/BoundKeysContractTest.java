package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static dev.sextant.contract.Problems.errors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.SelfSigned;
import dev.sextant.TestServers;
import dev.sextant.bus.Bus;
import dev.sextant.launch.ServerInTests;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** A key that has every scope and works with one certificate only: no way leads out of that, by whomever it could make or become. */
@Timeout(60)
class BoundKeysContractTest {

    private static final String KEYS = "/api/v2/api-keys";

    private static final SelfSigned SERVER = SelfSigned.make();
    private static final SelfSigned CLIENT = SelfSigned.make();
    private static final PemKeyCertOptions CLIENT_CERTIFICATE = new PemKeyCertOptions()
            .setCertPath(CLIENT.certificate().toString())
            .setKeyPath(CLIENT.key().toString());

    private static Service service;
    private static Customer acme;
    private static List<RightsWay> ways;
    private static JsonObject key;

    /** The key with its certificate, and without. */
    private static Caller bound;

    private static Caller bare;

    @BeforeAll
    static void startService() {
        service = new Service(
                Bus.Wire.ALWAYS,
                TestServers.freshPostgres(),
                ServerInTests.config(Map.of(
                        "edge.tls.certificate", SERVER.certificate().toString(),
                        "edge.tls.key", SERVER.key().toString(),
                        "edge.tls.client_ca", CLIENT.certificate().toString(),
                        "edge.tls.client_certificate", "requested")));
        acme = service.newCustomer(service.secure());
        ways = RightsWay.all(service, acme);
        key = Service.newKey(acme.caller(), acme.tenant(), Service.CUSTOMER_SCOPES);
        bare = acme.caller().as(key.getString("key"));
        bound = new Caller(
                WebClient.create(service.vertx(), withCertificate()), bare.contract(), bare.port(), bare.credential());
        acme.caller().put(SecuritySettingsContractTest.SETTINGS, settings(CLIENT.thumbprint()));
        await().untilAsserted(() -> assertProblem(bare.get(KEYS), 403, "policy_denied"));
    }

    @AfterAll
    static void stopService() {
        service.close();
        SERVER.delete();
        CLIENT.delete();
    }

    private static WebClientOptions withCertificate() {
        return new WebClientOptions()
                .setSsl(true)
                .setTrustAll(true)
                .setVerifyHost(false)
                .setKeyCertOptions(CLIENT_CERTIFICATE);
    }

    private static String settings(String certificate) {
        return settings(key, certificate);
    }

    private static String settings(JsonObject bound, String certificate) {
        return "{\"key_rules\": [{\"key_id\": \"%s\", \"certificate_sha256\": \"%s\"}]}"
                .formatted(bound.getString("id"), certificate);
    }

    @TestFactory
    Stream<DynamicTest> noWayLeadsOutOfItsCertificate() {
        return ways.stream()
                .map(way -> DynamicTest.dynamicTest(
                        way.toString(), () -> assertProblem(way.send(bound), 403, "policy_denied")));
    }

    @Test
    void itTakesItsRuleNotBack() {
        assertProblem(bound.put(SecuritySettingsContractTest.SETTINGS, "{}"), 403, "policy_denied");
        assertProblem(
                bound.put(SecuritySettingsContractTest.SETTINGS, settings(SERVER.thumbprint())), 403, "policy_denied");
        assertThat(bound.put(SecuritySettingsContractTest.SETTINGS, settings(CLIENT.thumbprint()))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aTicketOfItNeedsTheCertificateToo() {
        StreamClient without = open(new WebSocketClientOptions(), "?ticket=" + ticket());
        StreamClient with =
                open(new WebSocketClientOptions().setKeyCertOptions(CLIENT_CERTIFICATE), "?ticket=" + ticket());

        assertThat(without.closeCode()).isEqualTo(4403);
        with.next("ready");
        with.close();
    }

    private static String ticket() {
        return bound.post("/api/v2/auth/ws-ticket", "").bodyAsJsonObject().getString("ticket");
    }

    @Test
    void aSocketThatItIsToldToNeedsTheCertificateToo() {
        StreamClient without = open(new WebSocketClientOptions());
        StreamClient with = open(new WebSocketClientOptions().setKeyCertOptions(CLIENT_CERTIFICATE));

        without.send("{'op': 'auth', 'token': '%s'}".formatted(bare.credential()));
        with.send("{'op': 'auth', 'token': '%s'}".formatted(bare.credential()));

        assertThat(without.closeCode()).isEqualTo(4403);
        with.next("ready");
        with.close();
    }

    @Test
    void anOpenSocketEndsWhereItsKeyIsBoundToACertificateThatItDidNotShow() {
        Customer shop = service.newCustomer(service.secure());
        JsonObject free = Service.newKey(shop.caller(), shop.tenant(), Service.CUSTOMER_SCOPES);
        StreamClient socket = open(new WebSocketClientOptions());
        socket.send("{'op': 'auth', 'token': '%s'}".formatted(free.getString("key")));
        socket.next("ready");

        shop.caller().put(SecuritySettingsContractTest.SETTINGS, settings(free, CLIENT.thumbprint()));

        assertThat(socket.closeCode()).isEqualTo(4403);
    }

    private static StreamClient open(WebSocketClientOptions client) {
        return open(client, "");
    }

    private static StreamClient open(WebSocketClientOptions client, String query) {
        return StreamClient.open(
                service,
                client.setSsl(true).setTrustAll(true).setVerifyHost(false),
                StreamClient.options(bare, query).setSsl(true));
    }

    @Test
    void itChangesNoRuleOfAnotherKey() {
        JsonObject other = Service.newKey(acme.caller(), acme.tenant(), List.of("keys:read"));
        String own = "{\"key_id\": \"%s\", \"certificate_sha256\": \"%s\"}"
                .formatted(key.getString("id"), CLIENT.thumbprint());
        String both = "{\"key_rules\": [%s, {\"key_id\": \"%s\", \"allowed_origins\": []}]}"
                .formatted(own, other.getString("id"));

        assertProblem(bound.put(SecuritySettingsContractTest.SETTINGS, both), 403, "policy_denied");
    }

    @Test
    void aKeyBindsItselfToTheCertificateThatItShowsOnly() {
        Customer shop = service.newCustomer(service.secure());
        JsonObject free = Service.newKey(shop.caller(), shop.tenant(), Service.CUSTOMER_SCOPES);
        Caller without = shop.caller().as(free.getString("key"));
        Caller showing = bound.as(free.getString("key"));

        HttpResponse<Buffer> none =
                without.put(SecuritySettingsContractTest.SETTINGS, settings(free, CLIENT.thumbprint()));
        HttpResponse<Buffer> another =
                showing.put(SecuritySettingsContractTest.SETTINGS, settings(free, SERVER.thumbprint()));
        HttpResponse<Buffer> shown =
                showing.put(SecuritySettingsContractTest.SETTINGS, settings(free, CLIENT.thumbprint()));

        for (HttpResponse<Buffer> refused : List.of(none, another)) {
            assertProblem(refused, 422, "invalid_request");
            assertThat(errors(refused)).containsExactly("/key_rules/0/certificate_sha256 not_allowed");
        }
        assertThat(shown.statusCode()).as(shown.bodyAsString()).isEqualTo(200);
    }

    @Test
    void itsTokensAndItsOtherTextsNeedTheCertificateToo() {
        String path = KEYS + "/" + key.getString("id");
        String token = Tokens.ask(bare.as(""), key.getString("id"), key.getString("key"))
                .bodyAsJsonObject()
                .getString("access_token");

        HttpResponse<Buffer> renamed = bound.patch(path, "{\"name\": \"b\"}");
        HttpResponse<Buffer> rotated = bound.post(path + "/rotate", "{\"overlap\": \"1h\"}");

        assertThat(renamed.statusCode()).isEqualTo(200);
        assertThat(rotated.statusCode()).isEqualTo(200);
        String next = rotated.bodyAsJsonObject().getString("key");
        assertProblem(bare.as(token).get(KEYS), 403, "policy_denied");
        assertProblem(bare.as(next).get(KEYS), 403, "policy_denied");
        assertThat(bound.as(token).get(KEYS).statusCode()).isEqualTo(200);
        assertThat(bound.as(next).get(KEYS).statusCode()).isEqualTo(200);
        assertProblem(
                bound.as(token).post(KEYS, "{\"name\": \"a\", \"scopes\": [\"keys:read\"]}"), 403, "policy_denied");
    }
}
