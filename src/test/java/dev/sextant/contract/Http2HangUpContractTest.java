package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.bus.Bus;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Callers over HTTP/2 who go before they have said all, or before they are answered: nobody's fault but theirs. */
@Timeout(60)
class Http2HangUpContractTest {

    private static final byte[] CANCEL = {0, 0, 0, 8};

    private static Service service;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.WHERE_NEEDED);
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @Test
    void whoClosesTheConnectionWithinItsBodyHungUp() {
        assertHungUp(RawHttp2::close);
    }

    @Test
    void whoResetsTheStreamWithinItsBodyHungUp() {
        assertHungUp(caller -> caller.send(RawHttp2.RST_STREAM, 0, 1, CANCEL));
    }

    private static void assertHungUp(Consumer<RawHttp2> going) {
        Customer shop = service.newCustomer();
        assertThat(shop.caller().get(Sales.DATASETS).statusCode()).isEqualTo(200); // so that the key is known at once
        try (RawHttp2 caller = new RawHttp2(shop.caller().port())) {
            byte[] head = head(shop, "POST", Sales.QUERY, "content-type", "application/json");
            caller.send(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, head);
            caller.send(RawHttp2.DATA, 0, 1, "{".getBytes(StandardCharsets.US_ASCII));

            caller.settle();

            going.accept(caller);
            caller.settle();
        }
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !records(shop, "queryRealtime").isEmpty());
        JsonObject record = records(shop, "queryRealtime").getFirst();
        assertThat(record.getInteger("status")).isEqualTo(499);
        assertThat(record.getString("code")).isEqualTo("hung_up");
    }

    @Test
    void whoGoesBeforeItIsAnsweredIsNoFault() {
        Customer shop = service.newCustomer();
        try (RawHttp2 caller = new RawHttp2(shop.caller().port())) {
            byte[] head = head(shop, "GET", Sales.DATASETS, "accept", "*/*");
            for (int stream = 1; stream <= 39; stream += 2) {
                caller.send(RawHttp2.HEADERS, RawHttp2.END_HEADERS | RawHttp2.END_STREAM, stream, head);
                caller.send(RawHttp2.RST_STREAM, 0, stream, CANCEL);
            }
            caller.settle();
        }

        await().atMost(Duration.ofSeconds(20))
                .until(() -> records(shop, "listDatasets").size() == 20);
        assertThat(records(shop, "listDatasets"))
                .allSatisfy(record -> assertThat(record.getInteger("status")).isIn(200, 499));
    }

    private static byte[] head(Customer shop, String method, String path, String name, String value) {
        return RawHttp2.headers(
                ":method",
                method,
                ":scheme",
                "http",
                ":path",
                path,
                ":authority",
                "here",
                "authorization",
                "Bearer " + shop.key(),
                name,
                value);
    }

    private static List<JsonObject> records(Customer shop, String operation) {
        return shop
                .caller()
                .get("/api/v2/audit/events?operation=" + operation)
                .bodyAsJsonObject()
                .getJsonArray("data")
                .stream()
                .map(JsonObject.class::cast)
                .toList();
    }
}
