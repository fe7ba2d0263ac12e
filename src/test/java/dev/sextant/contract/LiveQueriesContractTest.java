package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.TestServers;
import dev.sextant.bus.Bus;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Live queries, as their subscribers see them: when they are asked, and what becomes of them. */
@Timeout(120)
class LiveQueriesContractTest {

    private static Service service;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS, TestServers.freshPostgres(), Streams.config());
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @AfterEach
    void letTheEngineRun() {
        service.engine().refuseToRun(false);
    }

    @Test
    void asksTheEngineOnceForAllWhoLook() {
        Customer acme = Streams.customerWithOrders(service);
        StreamClient first = StreamClient.open(service, acme.caller());
        StreamClient second = StreamClient.open(service, acme.caller());
        first.send(Streams.subscribe("a", Streams.BY_COUNTRY));
        second.send(Streams.subscribe("b", Streams.BY_COUNTRY));
        first.next("snapshot");
        second.next("snapshot");
        int runs = service.engine().runs(acme.tenant());

        Streams.order(acme, "DE", 5);
        first.next("delta");
        second.next("delta");

        assertThat(service.engine().runs(acme.tenant())).isEqualTo(runs + 1);
    }

    @Test
    void saysThatItFailsAndGoesOnWhenItCan() {
        Customer acme = Streams.customerWithOrders(service);
        StreamClient client = StreamClient.open(service, acme.caller());
        client.send(Streams.subscribe("s1", Streams.BY_COUNTRY));
        client.next("snapshot");

        service.engine().refuseToRun(true);
        Streams.order(acme, "DE", 5);

        JsonObject problem = client.next("error").getJsonObject("problem");
        assertThat(problem.getString("code")).isEqualTo("unavailable");
        assertThat(problem.getBoolean("retryable")).isTrue();
        service.engine().refuseToRun(false);
        assertThat(StreamClient.rows(client.next("delta"), "upsert")).containsExactly("[\"DE\",1,5]");
    }

    @Test
    void endsASubscriptionThatCannotBegin() {
        Customer acme = Streams.customerWithOrders(service);
        StreamClient client = StreamClient.open(service, acme.caller());

        service.engine().refuseToRun(true);
        client.send(Streams.subscribe("s1", Streams.BY_COUNTRY));
        client.next("error");
        service.engine().refuseToRun(false);
        client.send(Streams.subscribe("s1", Streams.BY_COUNTRY));

        client.next("snapshot");
    }

    @Test
    void forgetsWhatNobodyLooksAt() {
        Customer acme = Streams.customerWithOrders(service);
        StreamClient client = StreamClient.open(service, acme.caller());
        client.send(Streams.subscribe("s1", Streams.BY_COUNTRY));
        Folded folded = new Folded();
        folded.take(client.next("snapshot"));
        client.send("{'op':'unsubscribe','id':'s1'}");

        await().pollDelay(Streams.LINGER.plus(Duration.ofSeconds(1)))
                .timeout(Duration.ofSeconds(20))
                .untilAsserted(() -> {
                    StreamClient back = StreamClient.open(service, acme.caller());
                    back.send(Streams.subscribe("s1", Streams.BY_COUNTRY, folded));
                    assertThat(back.next("resync").getString("reason")).isEqualTo("epoch_lost");
                });
    }

    @Test
    void tellsNothingOnceUnsubscribed() {
        Customer acme = Streams.customerWithOrders(service);
        StreamClient client = StreamClient.open(service, acme.caller());
        client.send(Streams.subscribe("a", Streams.BY_COUNTRY));
        client.next("snapshot");
        client.send(Streams.subscribe("b", Streams.BY_COUNTRY));
        client.next("snapshot");
        client.send("{'op':'unsubscribe','id':'a'}");

        Streams.order(acme, "DE", 5);

        assertThat(client.next("delta").getString("id")).isEqualTo("b");
        assertThat(client.seen()).isEmpty();
    }
}
