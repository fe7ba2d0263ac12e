package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.bus.Bus;
import dev.sextant.engine.EventBatch;
import dev.sextant.engine.EventBatch.Event;
import dev.sextant.engine.FieldType;
import dev.sextant.engine.Table;
import dev.sextant.engine.Table.Column;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
        service = new Service(Bus.Wire.WHERE_NEEDED);
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
