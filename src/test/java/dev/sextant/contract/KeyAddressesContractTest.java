package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static dev.sextant.contract.Problems.errors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.TestServers;
import dev.sextant.bus.Bus;
import dev.sextant.launch.Configs;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keys that are good from some addresses only: behind a proxy that is trusted, and says where callers are. */
@Timeout(60)
class KeyAddressesContractTest {

    private static final String KEYS = "/api/v2/api-keys";

    private static Service service;
    private static Customer acme;
    private static JsonObject key;

    @BeforeAll
    static void startService() {
        service = new Service(
                Bus.Wire.ALWAYS,
                TestServers.freshPostgres(),
                Streams.config(Configs.with(Map.of("edge.trusted_proxies", "127.0.0.1"))));
        acme = Streams.customerWithOrders(service);
        key = acme.caller().post(KEYS, """
                        {"name": "a", "scopes": ["keys:read", "analytics:read"], "address_ranges": ["192.0.2.0/24", "2001:db8::/32"]}""").bodyAsJsonObject();
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @Test
    void opensFromItsAddressesAndFromNoOthers() {
        Caller holder = holder(key);

        assertThat(from(holder, "192.0.2.1").statusCode()).isEqualTo(200);
        assertThat(from(holder, "\"[2001:db8:1::1]:4711\"").statusCode()).isEqualTo(200);
        assertProblem(from(holder, "192.0.3.1"), 403, "address_not_allowed");
        assertProblem(from(holder, "\"[2001:db9::1]\""), 403, "address_not_allowed");
        assertProblem(holder.get(KEYS), 403, "address_not_allowed");
    }

    @Test
    void believesTheProxyAndNotTheCaller() {
        Caller holder = holder(key);

        assertProblem(from(holder, "192.0.2.1, for=203.0.113.1"), 403, "address_not_allowed");
        assertProblem(from(holder, "192.0.2.1, for=unknown"), 403, "address_not_allowed");
        assertProblem(from(holder, "\"192.0.2.1"), 400, "malformed");
        assertThat(from(holder, "203.0.113.1, for=192.0.2.1").statusCode()).isEqualTo(200);
    }

    @Test
    void soDoItsTokens() {
        HttpResponse<Buffer> issued = token("192.0.2.1");
        Caller bearer = acme.caller().as(issued.bodyAsJsonObject().getString("access_token"));

        assertThat(from(bearer, "192.0.2.9").statusCode()).isEqualTo(200);
        assertProblem(from(bearer, "203.0.113.1"), 403, "address_not_allowed");
        assertProblem(token("203.0.113.1"), 403, "address_not_allowed");
    }

    @Test
    void soDoItsSocketsAndTickets() {
        String ticket = ticket();
        StreamClient redeemed = StreamClient.open(service, socketFrom("203.0.113.1", "?ticket=" + ticket));
        StreamClient said = StreamClient.open(service, socketFrom("203.0.113.1", ""));
        StreamClient good = StreamClient.open(service, socketFrom("192.0.2.1", "?ticket=" + ticket()));

        said.send("{'op':'auth','token':'%s'}".formatted(key.getString("key")));

        assertThat(redeemed.closeCode()).isEqualTo(4403);
        assertThat(said.closeCode()).isEqualTo(4403);
        good.next("ready");
        good.close();
    }

    @Test
    void aRangeThatIsTakenAwayEndsWhatWasBegunFromThere() {
        JsonObject other = acme.caller().post(KEYS, """
                        {"name": "b", "scopes": ["keys:read", "analytics:read"], "address_ranges": ["192.0.2.0/24"]}""").bodyAsJsonObject();
        WebSocketConnectOptions options = socketFrom("192.0.2.1", "");
        options.addHeader("authorization", "Bearer " + other.getString("key"));
        StreamClient socket = StreamClient.open(service, options);
        socket.next("ready");
        assertThat(from(holder(other), "192.0.2.1").statusCode()).isEqualTo(200);

        acme.caller().patch(KEYS + "/" + other.getString("id"), "{\"address_ranges\": [\"198.51.100.0/24\"]}");

        await().atMost(Duration.ofSeconds(1))
                .untilAsserted(() -> assertProblem(from(holder(other), "192.0.2.1"), 403, "address_not_allowed"));
        assertThat(socket.closeCode()).isEqualTo(4403);
    }

    @Test
    void shutsOutOthersButNotItself() {
        JsonObject own = made("a");
        JsonObject other = made("b");

        HttpResponse<Buffer> refused = patched(own, own, "[\"198.51.100.0/24\"]");

        assertProblem(refused, 422, "invalid_request");
        assertThat(errors(refused)).containsExactly("/address_ranges out_of_range");
        assertThat(from(holder(own), "192.0.2.1").statusCode()).isEqualTo(200);
        assertThat(patched(own, other, "[\"198.51.100.0/24\"]").statusCode()).isEqualTo(200);
        assertThat(patched(own, own, "[\"198.51.100.0/24\", \"192.0.2.0/24\"]").statusCode())
                .isEqualTo(200);
        assertThat(patched(own, own, "[\"192.0.2.1\"]").statusCode()).isEqualTo(200);
    }

    private static JsonObject made(String name) {
        return acme.caller()
                .post(KEYS, "{\"name\": \"%s\", \"scopes\": [\"keys:read\", \"keys:write\"]}".formatted(name))
                .bodyAsJsonObject();
    }

    /** By a caller at 192.0.2.1. */
    private static HttpResponse<Buffer> patched(JsonObject by, JsonObject of, String ranges) {
        HttpRequest<Buffer> request = holder(by).json(HttpMethod.PATCH, KEYS + "/" + of.getString("id"));
        return holder(by)
                .send(forwarded(request, "192.0.2.1"), Buffer.buffer("{\"address_ranges\": %s}".formatted(ranges)));
    }

    private static Caller holder(JsonObject of) {
        return acme.caller().as(of.getString("key"));
    }

    private static HttpResponse<Buffer> from(Caller caller, String address) {
        return caller.send(forwarded(caller.request(HttpMethod.GET, KEYS), address), Buffer.buffer());
    }

    private static HttpResponse<Buffer> token(String from) {
        Caller nobody = service.anonymous();
        HttpRequest<Buffer> request = nobody.request(HttpMethod.POST, "/oauth/token")
                .putHeader("content-type", "application/x-www-form-urlencoded");
        return nobody.send(
                forwarded(request, from),
                Buffer.buffer("grant_type=client_credentials&client_id=%s&client_secret=%s"
                        .formatted(key.getString("id"), key.getString("key"))));
    }

    private static String ticket() {
        Caller holder = holder(key);
        HttpResponse<Buffer> issued = holder.send(
                forwarded(holder.request(HttpMethod.POST, "/api/v2/auth/ws-ticket"), "192.0.2.1"), Buffer.buffer());
        return issued.bodyAsJsonObject().getString("ticket");
    }

    private static HttpRequest<Buffer> forwarded(HttpRequest<Buffer> request, String address) {
        return request.putHeader("forwarded", "for=" + address);
    }

    private static WebSocketConnectOptions socketFrom(String address, String query) {
        WebSocketConnectOptions options = StreamClient.options(acme.caller(), query);
        options.addHeader("forwarded", "for=" + address);
        return options;
    }
}
