package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sextant.TestServers;
import dev.sextant.bus.Bus;
import dev.sextant.engine.EventBatch;
import dev.sextant.engine.EventBatch.Event;
import dev.sextant.engine.FieldType;
import dev.sextant.engine.Table;
import dev.sextant.engine.Table.Column;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.TenantId;
import dev.sextant.launch.ServerInTests;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Results that do not fit between a server and a client who does not read. */
@Timeout(300)
class LargeResultsIT {

    /** More than the buffers between a server and a client take. */
    private static final int ROWS = 100_000;

    private static final int BATCH = 20_000;
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static final Table BIG =
            new Table("big", List.of(new Column("n", FieldType.LONG), new Column("city", FieldType.STRING)));

    private static final String QUERY =
            "{\"dataset\":\"big\",\"dimensions\":[\"n\",\"city\"],\"measures\":[{\"agg\":\"count\",\"as\":\"c\"}],\"totals\":false}";

    private static Service service;
    private static Customer owner;

    @BeforeAll
    static void fill() {
        service = new Service(
                Bus.Wire.WHERE_NEEDED,
                TestServers.freshPostgres(),
                ServerInTests.config(Map.of("edge.connections.stall", "6s")));
        owner = service.newCustomer();
        String model = """
                {"name": "big", "model": {"time": "time", "entity": "user", "event": "action", "session": null,
                 "value": null, "touchpoint": null, "dimensions": [
                   {"name": "n", "type": "long"}, {"name": "city", "type": "string"}]}}""";
        assertThat(owner.caller().post("/api/v2/datasets", model).statusCode()).isEqualTo(201);
        for (int from = 0; from < ROWS; from += BATCH) {
            append(IntStream.range(from, from + BATCH));
        }
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static void append(IntStream numbers) {
        List<Event> events = numbers.mapToObj(LargeResultsIT::event).toList();
        service.engine()
                .append(
                        new TenantId(owner.tenant()),
                        new EventBatch(BIG, "btc_1", NOON, 1, events),
                        Deadline.in(Duration.ofMinutes(1)))
                .await();
    }

    private static Event event(int n) {
        return new Event("e" + n, false, NOON, "api", new @Nullable Object[] {(long) n, "x".repeat(200)}, null);
    }

    @Test
    void givesThePlaceOfWhoHangsUpToAnother() {
        List<HttpClient> clients = IntStream.range(0, 4)
                .<HttpClient>mapToObj(_ -> service.vertx().createHttpClient())
                .toList();
        clients.forEach(client ->
                assertThat(open(client, "text/csv").await().statusCode()).isEqualTo(200));
        HttpClient late = service.vertx().createHttpClient();
        assertThat(open(late, "text/csv").await().statusCode()).isEqualTo(503);
        assertThat(owner.caller().post(Sales.QUERY, QUERY).statusCode()).isEqualTo(200); // those who stall stop nobody

        clients.forEach(client -> client.close().await());

        await().atMost(Duration.ofSeconds(20))
                .until(() -> open(late, "text/csv").await().statusCode() == 200);
        late.close().await();
    }

    /** A client that sees the end of the connection cannot tell a file that was cut off from a whole one. */
    @Test
    void resetsTheConnectionOfWhoDoesNotRead() throws IOException {
        Customer reader = owner;
        List<Socket> stalled = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            stalled.add(stalled(reader));
        }
        HttpClient late = service.vertx().createHttpClient();

        for (int i = 0; i < 4; i++) {
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> open(late, "text/csv").await().statusCode() == 200);
        }
        late.close().await();

        for (Socket socket : stalled) {
            assertThatThrownBy(() -> socket.getInputStream().readAllBytes())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
            socket.close();
        }
    }

    /** Has read the status, and nothing more. */
    private static Socket stalled(Customer reader) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.setSoTimeout(60_000);
        socket.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), reader.caller().port()));
        String head = """
                POST %s HTTP/1.1\r
                Host: here\r
                Authorization: Bearer %s\r
                Content-Type: application/json\r
                Content-Length: %d\r
                Accept: text/csv\r
                \r
                """.formatted(Sales.QUERY, reader.key(), QUERY.length());
        socket.getOutputStream().write((head + QUERY).getBytes(StandardCharsets.US_ASCII));
        assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                .isEqualTo("HTTP/1.1 200");
        return socket;
    }

    /** The response, paused. */
    private static Future<HttpClientResponse> open(HttpClient client, String accept) {
        Promise<HttpClientResponse> response = Promise.promise();
        service.vertx()
                .runOnContext(_ -> client.request(
                                HttpMethod.POST, owner.caller().port(), "127.0.0.1", Sales.QUERY)
                        .compose(request -> request.putHeader("authorization", "Bearer " + owner.key())
                                .putHeader("content-type", "application/json")
                                .putHeader("accept", accept)
                                .send(Buffer.buffer(QUERY)))
                        .onSuccess(HttpClientResponse::pause)
                        .onComplete(response));
        return response.future();
    }
}
