package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sextant.TestServers;
import dev.sextant.bus.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The stream, over real sockets: who comes in, and for how long. */
@Timeout(120)
class StreamDoorContractTest {

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
    void knowsACallerByItsFirstFrame() {
        Customer acme = Streams.customerWithOrders(service);
        StreamClient client = StreamClient.open(service, "?tenant_id=" + acme.tenant());

        client.send(auth(acme.key()));
        JsonObject ready = client.next("ready");
        client.send(Streams.subscribe("s1", Streams.BY_COUNTRY));

        assertThat(ready.getInteger("credits")).isEqualTo(Streams.CREDITS);
        assertThat(client.next("snapshot").getString("id")).isEqualTo("s1");
    }

    @Test
    void knowsACallerByATicketOnce() {
        Customer acme = Streams.customerWithOrders(service);
        String ticket = ticket(acme);
        StreamClient client = StreamClient.open(service, "?ticket=" + ticket);

        client.send(Streams.subscribe("s1", Streams.BY_COUNTRY));

        client.next("ready");
        client.next("snapshot");
        assertThat(StreamClient.open(service, "?ticket=" + ticket).closeCode()).isEqualTo(4401);
    }

    @Test
    void asksForNoSubprotocol() {
        Customer acme = service.newCustomer();
        WebSocketConnectOptions options = StreamClient.options(acme.caller(), "")
                .setSubProtocols(List.of())
                .addHeader("authorization", "Bearer " + acme.key());

        StreamClient.open(service, options).next("ready");
    }

    @Test
    void endsWhoeverShowsNothingGood() {
        StreamClient client = StreamClient.open(service, "");

        client.send(auth("ak_live_no"));

        assertThat(client.closeCode()).isEqualTo(4401);
        assertThat(client.closeReason()).isNotBlank();
        assertThat(StreamClient.open(service, "?ticket=no").closeCode()).isEqualTo(4401);
    }

    @Test
    void endsWhoeverSpeaksBeforeItIsKnown() {
        StreamClient client = StreamClient.open(service, "");

        client.send(Streams.subscribe("s1", Streams.BY_COUNTRY));

        assertThat(client.closeCode()).isEqualTo(4401);
    }

    @Test
    void endsWhoeverSaysNothing() {
        assertThat(StreamClient.open(service, "").closeCode()).isEqualTo(4408);
    }

    @Test
    void endsWhoeverMayNot() {
        Customer acme = service.newCustomer();
        Customer other = service.newCustomer();
        JsonObject writer = Service.newKey(acme.caller(), acme.tenant(), List.of("events:write"));
        StreamClient stranger = StreamClient.open(service, "?tenant_id=" + other.tenant());
        StreamClient blind = StreamClient.open(service, "");

        stranger.send(auth(acme.key()));
        blind.send(auth(writer.getString("key")));

        assertThat(stranger.closeCode()).isEqualTo(4403);
        assertThat(blind.closeCode()).isEqualTo(4403);
        assertThat(StreamClient.open(service, "?tenant_id=" + other.tenant() + "&ticket=" + ticket(acme))
                        .closeCode())
                .isEqualTo(4403);
    }

    @Test
    void endsASocketWhoseKeyIsRevoked() {
        Customer acme = service.newCustomer();
        JsonObject key = Service.newKey(acme.caller(), acme.tenant(), List.of("analytics:read"));
        Caller reader = acme.caller().as(key.getString("key"));
        StreamClient byHeader = StreamClient.open(service, reader);
        StreamClient byTicket = StreamClient.open(service, "?ticket=" + ticket(reader));
        byTicket.next("ready");

        acme.caller().delete("/api/v2/api-keys/" + key.getString("id"));

        assertThat(byHeader.closeCode()).isEqualTo(4401);
        assertThat(byTicket.closeCode()).isEqualTo(4401);
    }

    @Test
    void endsASocketWhoseTenantIsSuspended() {
        Customer acme = service.newCustomer();
        StreamClient client = StreamClient.open(service, acme.caller());

        service.platform().patch("/api/v2/admin/tenants/" + acme.tenant(), "{\"status\":\"suspended\"}");

        assertThat(client.closeCode()).isEqualTo(4403);
    }

    @Test
    void asksForAnotherTokenBeforeTheFirstOneEnds() {
        Customer acme = Streams.customerWithOrders(service);
        StreamClient renewed = StreamClient.open(service, acme.caller().as(token(acme)));
        StreamClient lapsed = StreamClient.open(service, acme.caller().as(token(acme)));
        service.clock().advance(Duration.ofSeconds(880));

        assertThat(renewed.next("token_expiring").getLong("in_ms")).isBetween(0L, 20_000L);
        renewed.send(auth(token(acme)));
        renewed.next("ready");
        lapsed.next("token_expiring");
        service.clock().advance(Duration.ofSeconds(30));

        assertThat(lapsed.closeCode()).isEqualTo(4401);
        renewed.send(Streams.subscribe("s1", Streams.BY_COUNTRY));
        renewed.next("snapshot");
    }

    @Test
    void doesNotPassASocketOnToAnotherTenant() {
        Customer acme = service.newCustomer();
        Customer other = service.newCustomer();
        StreamClient client = StreamClient.open(service, acme.caller());

        client.send(auth(other.key()));

        assertThat(client.closeCode()).isEqualTo(4403);
    }

    @Test
    void sendsEverybodyElsewhereBeforeItStops() {
        try (Service stopping = new Service(Bus.Wire.ALWAYS, TestServers.freshPostgres(), Streams.config())) {
            Customer acme = Streams.customerWithOrders(stopping);
            StreamClient client = StreamClient.open(stopping, acme.caller());
            client.send(Streams.subscribe("s1", Streams.BY_COUNTRY));
            client.next("snapshot");

            stopping.drain();

            assertThat(client.next("moving").getLong("retry_ms")).isPositive();
            assertThat(client.closeCode()).isEqualTo(1012);
        }
    }

    @Test
    void boundsTheSocketsOfATenant() {
        Customer acme = Streams.customerWithOrders(service);
        List<StreamClient> open = IntStream.range(0, Streams.SOCKETS_PER_TENANT_MAX)
                .mapToObj(_ -> StreamClient.open(service, acme.caller()))
                .toList();

        WebSocketConnectOptions options =
                StreamClient.options(acme.caller(), "").addHeader("authorization", "Bearer " + acme.key());
        assertThat(StreamClient.open(service, options).closeCode()).isEqualTo(4429);

        open.forEach(StreamClient::close);
        await().untilAsserted(() -> StreamClient.open(service, acme.caller()).close());
    }

    @Test
    void asksForAnUpgradeWhereThereIsNone() {
        HttpResponse<Buffer> response = service.anonymous().get("/api/v2/analytics/realtime/stream");

        Problems.assertProblem(response, 426, "upgrade_required");
    }

    @Test
    void saysWhatAHandshakeLacks() {
        HttpResponse<Buffer> response = service.anonymous()
                .send(
                        service.anonymous()
                                .request(HttpMethod.GET, "/api/v2/analytics/realtime/stream")
                                .putHeader("upgrade", "websocket")
                                .putHeader("connection", "upgrade"),
                        Buffer.buffer());

        Problems.assertProblem(response, 400, "malformed");
    }

    @Test
    void refusesAHeaderAtTheDoor() {
        Customer acme = service.newCustomer();
        Customer other = service.newCustomer();
        assertRejected(StreamClient.options(acme.caller(), "").addHeader("authorization", "Bearer ak_live_no"), 401);
        assertRejected(
                StreamClient.options(acme.caller(), "?tenant_id=" + other.tenant())
                        .addHeader("authorization", "Bearer " + acme.key()),
                403);
    }

    private static void assertRejected(WebSocketConnectOptions options, int status) {
        assertThatThrownBy(() -> StreamClient.open(service, options))
                .isInstanceOfSatisfying(UpgradeRejectedException.class, refusal -> {
                    assertThat(refusal.getStatus()).isEqualTo(status);
                    assertThat(refusal.getHeaders().get("content-type")).isEqualTo("application/problem+json");
                });
    }

    private static String auth(String token) {
        return "{'op':'auth','token':'%s'}".formatted(token);
    }

    private static String ticket(Customer customer) {
        return ticket(customer.caller());
    }

    private static String ticket(Caller caller) {
        HttpResponse<Buffer> issued =
                caller.send(caller.request(HttpMethod.POST, "/api/v2/auth/ws-ticket"), Buffer.buffer());
        return issued.bodyAsJsonObject().getString("ticket");
    }

    private static String token(Customer customer) {
        HttpResponse<Buffer> issued = customer.caller()
                .send(
                        service.anonymous()
                                .request(HttpMethod.POST, "/oauth/token")
                                .putHeader("content-type", "application/x-www-form-urlencoded"),
                        Buffer.buffer("grant_type=client_credentials&client_id=%s&client_secret=%s"
                                .formatted(customer.keyId(), customer.key())));
        return issued.bodyAsJsonObject().getString("access_token");
    }
}
