package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.TestServers;
import dev.sextant.bus.Bus;
import dev.sextant.identity.IdentitySecrets;
import dev.sextant.kernel.Secret;
import dev.sextant.launch.Configs;
import dev.sextant.launch.SextantConfig;
import dev.sextant.store.PostgresConfig;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two nodes that can tell each other nothing: what one announces is lost on the other, and caught up with from the database. */
@Timeout(60)
class LostAnnouncementsIT {

    private static final String OPERATIONS = "/api/v2/operations/";
    private static Service one;
    private static Service two;

    @BeforeAll
    static void startBoth() {
        PostgresConfig database = TestServers.freshPostgres();
        Secret platformKey = IdentitySecrets.makePlatformKey();
        SextantConfig config = Configs.with(Map.of(
                "operations.lease", "3s",
                "operations.running_max", "1",
                "identity.tokens.issuer", "https://sextant.example.com"));
        one = new Service(Bus.Wire.ALWAYS, database, config, platformKey);
        two = new Service(Bus.Wire.ALWAYS, database, config, platformKey, one);
    }

    @AfterEach
    void goOn() {
        one.engine().release();
    }

    @AfterAll
    static void stopBoth() {
        two.close();
        one.close();
    }

    @Test
    void whatIsCancelledThereIsLetGoOfHere() {
        Customer acme = one.newCustomer();
        Sales.fill(acme);
        one.engine().hold();
        String held = begin(acme, 3);
        await().atMost(Duration.ofSeconds(5)).until(() -> status(acme, held).equals("running"));
        String waiting = begin(acme, 4);
        assertThat(status(acme, waiting)).as("one runs at a time").isEqualTo("queued");

        two.platform().as(acme.key()).delete(OPERATIONS + held);

        await().atMost(Duration.ofSeconds(5)).until(() -> status(acme, waiting).equals("running"));
    }

    @Test
    void dataThatIsTakenThereIsToldHere() {
        Customer acme = Streams.customerWithOrders(one);
        StreamClient client = StreamClient.open(one, acme.caller());
        client.send(Streams.subscribe("s1", Streams.BY_COUNTRY));
        client.next("snapshot");

        two.platform()
                .as(acme.key())
                .post("/api/v2/datasets/orders/events", "[{\"country\": \"DE\", \"amount\": 5, \"user\": \"u1\"}]");

        List<JsonObject> frames = new ArrayList<>();
        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            frames.addAll(client.seen());
            assertThat(frames)
                    .anySatisfy(frame ->
                            assertThat(StreamClient.rows(frame, "upsert")).containsExactly("[\"DE\",1,5]"));
        });
        client.close();
    }

    private static String begin(Customer customer, int limit) {
        HttpResponse<Buffer> accepted = customer.caller()
                .send(
                        customer.caller().json(HttpMethod.POST, Sales.QUERY).putHeader("prefer", "respond-async"),
                        Buffer.buffer(
                                "{\"dataset\":\"sales\",\"dimensions\":[\"country\"],\"measures\":[{\"agg\":\"count\"}],\"limit\":%d}"
                                        .formatted(limit)));
        assertThat(accepted.statusCode()).as(accepted.bodyAsString()).isEqualTo(202);
        return accepted.bodyAsJsonObject().getString("id");
    }

    private static String status(Customer customer, String id) {
        JsonObject operation = customer.caller().get(OPERATIONS + id).bodyAsJsonObject();
        return operation.getString("status");
    }
}
