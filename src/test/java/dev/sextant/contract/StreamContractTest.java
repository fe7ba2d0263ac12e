package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.TestServers;
import dev.sextant.bus.Bus;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The stream, over real sockets: what is told of changing answers. */
@Timeout(120)
@Covers("streamRealtime")
class StreamContractTest {

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
    void showsASnapshotAndThenWhatChanges() {
        Customer acme = Streams.customerWithOrders(service);
        Streams.order(acme, "DE", 5);
        StreamClient client = StreamClient.open(service, acme.caller());

        client.send(Streams.subscribe("s1", Streams.BY_COUNTRY));
        JsonObject snapshot = client.next("snapshot");
        Streams.order(acme, "FR", 7);
        JsonObject delta = client.next("delta");

        assertThat(snapshot.getLong("offset")).isZero();
        assertThat(StreamClient.rows(snapshot, "rows")).containsExactly("[\"DE\",1,5]");
        assertThat(delta.getString("id")).isEqualTo("s1");
        assertThat(delta.getLong("offset")).isEqualTo(1);
        assertThat(StreamClient.rows(delta, "upsert")).containsExactly("[\"FR\",1,7]");
        assertThat(StreamClient.rows(delta, "delete")).isEmpty();
        assertThat(delta.getString("watermark")).isNotNull();
        assertThat(delta.getLong("ingest_to_push_ms")).isNotNegative();
    }

    @Test
    void takesAwayWhatFallsOutOfTheLimit() {
        Customer acme = Streams.customerWithOrders(service);
        Streams.order(acme, "DE", 5);
        Streams.order(acme, "FR", 7);
        StreamClient client = StreamClient.open(service, acme.caller());
        client.send(Streams.subscribe("top", Streams.TOP_TWO));
        client.next("snapshot");

        Streams.order(acme, "IT", 6);

        JsonObject delta = client.next("delta");
        assertThat(StreamClient.rows(delta, "upsert")).containsExactly("[\"IT\",6]");
        assertThat(StreamClient.rows(delta, "delete")).containsExactly("[\"DE\"]");
    }

    @Test
    void foldedDeltasAreWhatAFreshQueryHas() {
        Customer acme = Streams.customerWithOrders(service);
        StreamClient client = StreamClient.open(service, acme.caller());
        client.send(Streams.subscribe("all", Streams.BY_COUNTRY));
        client.send(Streams.subscribe("top", Streams.TOP_TWO));
        Folded all = new Folded();
        Folded top = new Folded();
        Random random = new Random(7);

        for (int i = 0; i < 40; i++) {
            Streams.order(acme, "C" + random.nextInt(6), random.nextInt(-50, 100));
        }

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            client.seen().forEach(frame -> {
                (frame.getString("id").equals("all") ? all : top).take(frame);
                client.send("{'op':'ack','id':'%s','credits':1}".formatted(frame.getString("id")));
            });
            assertThat(all.rows()).isEqualTo(Streams.query(acme, Streams.BY_COUNTRY));
            assertThat(top.rows()).isEqualTo(Streams.query(acme, Streams.TOP_TWO));
        });
    }

    @Test
    void showsWhateverWasStoredBeforeTheSubscription() {
        Customer acme = Streams.customerWithOrders(service);
        StreamClient client = StreamClient.open(service, acme.caller());
        for (int i = 1; i <= 20; i++) {
            Streams.order(acme, "DE", 1);

            client.send(Streams.subscribe("s" + i, Streams.BY_COUNTRY));
            JsonObject frame = client.next();
            while (!("s" + i).equals(frame.getString("id"))) {
                frame = client.next();
            }

            assertThat(StreamClient.rows(frame, "rows")).containsExactly("[\"DE\",%d,%d]".formatted(i, i));
            client.send("{'op':'unsubscribe','id':'s%d'}".formatted(i));
        }
    }

    @Test
    void whoeverAsksTheSameSharesOneEvaluation() {
        Customer acme = Streams.customerWithOrders(service);
        StreamClient first = StreamClient.open(service, acme.caller());
        StreamClient second = StreamClient.open(service, acme.caller());

        first.send(Streams.subscribe("a", Streams.BY_COUNTRY));
        second.send(Streams.subscribe("b", Streams.BY_COUNTRY.replace("'dimensions'", "'totals':false,'dimensions'")));

        assertThat(second.next("snapshot").getString("epoch"))
                .isEqualTo(first.next("snapshot").getString("epoch"));
        Streams.order(acme, "DE", 5);
        assertThat(first.next("delta").getLong("offset")).isEqualTo(1);
        assertThat(second.next("delta").getLong("offset")).isEqualTo(1);
    }

    @Test
    void aTenantIsToldNothingOfAnother() {
        Customer acme = Streams.customerWithOrders(service);
        Customer other = Streams.customerWithOrders(service);
        StreamClient client = StreamClient.open(service, acme.caller());
        client.send(Streams.subscribe("s1", Streams.BY_COUNTRY));
        client.next("snapshot");

        Streams.order(other, "XX", 666);
        Streams.order(acme, "DE", 5);

        JsonObject delta = client.next("delta");
        assertThat(StreamClient.rows(delta, "upsert")).containsExactly("[\"DE\",1,5]");
        assertThat(client.seen()).isEmpty();
    }

    @Test
    void showsMetricsAsOneRowThatMovesOnWithTime() {
        Customer acme = Streams.customerWithOrders(service);
        StreamClient client = StreamClient.open(service, acme.caller());
        client.send("{'op':'subscribe','id':'m','topic':'metrics','metrics':['events','revenue'],'timeframe':'2s'}");
        assertThat(StreamClient.rows(client.next("snapshot"), "rows")).containsExactly("[0,null]");

        Streams.order(acme, "DE", 5);

        JsonObject come = client.next("delta");
        assertThat(StreamClient.rows(come, "upsert")).containsExactly("[1,5]");
        JsonObject gone = client.next("delta");
        assertThat(StreamClient.rows(gone, "upsert")).containsExactly("[0,null]");
        assertThat(gone.getValue("ingest_to_push_ms")).isNull();
    }

    @Test
    void mergesDeltasForAClientThatGivesNoCredit() {
        Customer acme = Streams.customerWithOrders(service);
        StreamClient client = StreamClient.open(service, acme.caller());
        StreamClient swift = StreamClient.open(service, acme.caller());
        client.send(Streams.subscribe("s1", Streams.BY_COUNTRY));
        swift.send(Streams.subscribe("s1", Streams.BY_COUNTRY));
        Folded folded = new Folded();
        folded.take(client.next("snapshot"));
        swift.next("snapshot");

        for (int i = 0; i < Streams.CREDITS + 3; i++) {
            Streams.order(acme, "C" + i % 2, 1);
            swift.next("delta");
            swift.send("{'op':'ack','id':'s1','offset':%d,'credits':1}".formatted(i + 1));
        }
        for (int i = 0; i < Streams.CREDITS; i++) {
            folded.take(client.next("delta"));
        }
        assertThat(client.seen()).isEmpty();
        client.send("{'op':'ack','id':'s1','offset':%d,'credits':1}".formatted(Streams.CREDITS));

        assertThat(client.next("conflated").getInteger("skipped")).isEqualTo(2);
        folded.take(client.next("delta"));
        assertThat(folded.offset()).isEqualTo(Streams.CREDITS + 3);
        assertThat(folded.rows()).isEqualTo(Streams.query(acme, Streams.BY_COUNTRY));
    }

    @Test
    void endsWhoeverTakesFarTooLittle() {
        Customer acme = Streams.customerWithOrders(service);
        StreamClient client = StreamClient.open(service, acme.caller());
        client.send(Streams.subscribe("s1", Streams.BY_COUNTRY));
        client.next("snapshot");
        for (int i = 0; i < Streams.CREDITS; i++) {
            Streams.order(acme, "DE", 1);
            client.next("delta");
        }

        Streams.orders(acme, IntStream.range(0, Streams.PENDING_ROWS_MAX + 1).mapToObj(i -> "C" + i));

        assertThat(client.closeCode()).isEqualTo(4413);
    }

    @Test
    void waitsForAClientThatDoesNotReadItsSocket() {
        Customer acme = Streams.customerWithOrders(service);
        Streams.orders(acme, IntStream.range(0, 90).mapToObj("C%080d"::formatted));
        StreamClient client = StreamClient.open(service, acme.caller());
        Folded folded = new Folded();
        client.send(Streams.subscribe("s1", Streams.BY_COUNTRY));
        folded.take(client.next("snapshot"));

        client.pause();
        for (int i = 0; i < 30; i++) {
            Streams.orders(acme, IntStream.range(0, 90).mapToObj("C%080d"::formatted));
            client.send("{'op':'ack','id':'s1','credits':1}");
        }
        client.resume();

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            client.seen().forEach(folded::take);
            assertThat(folded.rows()).isEqualTo(Streams.query(acme, Streams.BY_COUNTRY));
        });
    }

    @Test
    void sendsWhatIsLargeInPieces() {
        Customer acme = Streams.customerWithOrders(service);
        Streams.orders(acme, IntStream.range(0, 900).mapToObj("C%0100d"::formatted));
        StreamClient client = StreamClient.open(service, acme.caller());
        Folded folded = new Folded();

        client.send(Streams.subscribe("s1", Streams.BY_COUNTRY));
        folded.take(client.next("snapshot"));

        assertThat(folded.rows()).hasSize(900).isEqualTo(Streams.query(acme, Streams.BY_COUNTRY));
    }

    @Test
    void whoComesBackIsToldJustWhatItMissed() {
        Customer acme = Streams.customerWithOrders(service);
        StreamClient gone = StreamClient.open(service, acme.caller());
        StreamClient stays = StreamClient.open(service, acme.caller());
        gone.send(Streams.subscribe("s1", Streams.BY_COUNTRY));
        Folded folded = new Folded();
        folded.take(gone.next("snapshot"));
        gone.close();
        stays.send(Streams.subscribe("s1", Streams.BY_COUNTRY));
        stays.next("snapshot");
        for (int amount = 1; amount <= 2; amount++) {
            Streams.order(acme, "DE", amount);
            stays.next("delta");
        }

        StreamClient back = StreamClient.open(service, acme.caller());
        back.send(Streams.subscribe("s2", Streams.BY_COUNTRY, folded));

        assertThat(StreamClient.rows(back.next("delta"), "upsert")).containsExactly("[\"DE\",1,1]");
        assertThat(StreamClient.rows(back.next("delta"), "upsert")).containsExactly("[\"DE\",2,3]");
        assertThat(back.seen()).isEmpty();
    }

    @Test
    void whoComesBackSoonFindsItsLiveQueryThereThoughNobodyLooked() {
        Customer acme = Streams.customerWithOrders(service);
        StreamClient gone = StreamClient.open(service, acme.caller());
        gone.send(Streams.subscribe("s1", Streams.BY_COUNTRY));
        Folded folded = new Folded();
        folded.take(gone.next("snapshot"));
        gone.close();
        Streams.order(acme, "DE", 1);

        StreamClient back = StreamClient.open(service, acme.caller());
        back.send(Streams.subscribe("s1", Streams.BY_COUNTRY, folded));

        assertThat(StreamClient.rows(back.next("delta"), "upsert")).containsExactly("[\"DE\",1,1]");
    }

    @Test
    void whoComesBackTooLateBeginsAnew() {
        Customer acme = Streams.customerWithOrders(service);
        StreamClient client = StreamClient.open(service, acme.caller());

        client.send(Streams.subscribe("s1", Streams.BY_COUNTRY, "epo_old", 412));
        assertThat(client.next("resync").getString("reason")).isEqualTo("epoch_lost");
        String epoch = client.next("snapshot").getString("epoch");
        client.send(Streams.subscribe("s2", Streams.BY_COUNTRY, epoch, 412));

        assertThat(client.next("resync").getString("reason")).isEqualTo("offset_lost");
        assertThat(client.next("snapshot").getString("epoch")).isEqualTo(epoch);
    }

    @Test
    void beginsAnewWhereAColumnIsToldInAnotherWay() {
        Customer acme = Streams.customerWithOrders(service);
        Streams.order(acme, "DE", 1);
        StreamClient client = StreamClient.open(service, acme.caller());
        client.send(Streams.subscribe("s1", Streams.BY_COUNTRY));
        client.next("snapshot");

        Streams.order(acme, "DE", 9_007_199_254_740_991L);

        assertThat(client.next("resync").getString("reason")).isEqualTo("restarted");
        assertThat(StreamClient.rows(client.next("snapshot"), "rows"))
                .containsExactly("[\"DE\",2,\"9007199254740992\"]");
    }
}
