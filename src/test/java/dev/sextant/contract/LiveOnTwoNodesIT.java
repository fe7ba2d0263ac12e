package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** Live queries of a cluster: one node evaluates each of them, whichever node people look from. */
@Timeout(120)
@TestMethodOrder(OrderAnnotation.class)
class LiveOnTwoNodesIT {

    private static final String CLUSTER = "/api/v2/admin/cluster";
    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final int LEASES = 32;

    private static TwoNodes nodes;

    @BeforeAll
    static void startBoth() {
        nodes = TwoNodes.start(Streams.config());
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(leases(nodes.one()) + leases(nodes.two())).isEqualTo(LEASES);
            assertThat(leases(nodes.one())).isPositive();
            assertThat(leases(nodes.two())).isPositive();
        });
    }

    @AfterAll
    static void stopBoth() {
        nodes.close();
    }

    private static int leases(Service node) {
        return nodes.one().platform().get(CLUSTER).bodyAsJsonObject().getJsonArray("nodes").stream()
                .map(JsonObject.class::cast)
                .filter(one -> one.getString("name").equals(node.name()))
                .mapToInt(one -> one.getInteger("leases"))
                .sum();
    }

    private static Customer at(Service node, Customer customer) {
        return new Customer(
                customer.tenant(),
                customer.keyId(),
                customer.key(),
                node.platform().as(customer.key()));
    }

    private static StreamClient open(Service node, Customer customer) {
        return StreamClient.open(node, at(node, customer).caller());
    }

    private static JsonObject begin(StreamClient client, String query) {
        client.send(Streams.subscribe("s1", query));
        return client.next("snapshot");
    }

    /** Who has which lease, each node sees for itself, a second or so after it changed hands. */
    private static void untilBothFollowOne(Customer customer, String query) {
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> {
            StreamClient here = open(nodes.one(), customer);
            StreamClient there = open(nodes.two(), customer);
            String epochHere = begin(here, query).getString("epoch");
            String epochThere = begin(there, query).getString("epoch");
            here.close();
            there.close();
            return epochHere.equals(epochThere);
        });
    }

    @Test
    @Order(1)
    void whoeverLooksFromWhereverIsToldTheSame() {
        for (String query : new String[] {Streams.BY_COUNTRY, Streams.TOP_TWO}) {
            Customer acme = Streams.customerWithOrders(nodes.one());
            Streams.order(acme, "DE", 5);
            untilBothFollowOne(acme, query);
            StreamClient here = open(nodes.one(), acme);
            StreamClient there = open(nodes.two(), acme);

            JsonObject snapshotHere = begin(here, query);
            JsonObject snapshotThere = begin(there, query);
            Streams.order(at(nodes.two(), acme), "FR", 7);
            JsonObject deltaHere = here.next("delta");
            JsonObject deltaThere = there.next("delta");

            assertThat(snapshotThere.getString("epoch")).isEqualTo(snapshotHere.getString("epoch"));
            assertThat(snapshotThere.getJsonArray("rows")).isEqualTo(snapshotHere.getJsonArray("rows"));
            assertThat(deltaThere.getLong("offset")).isEqualTo(deltaHere.getLong("offset"));
            assertThat(deltaThere.getJsonArray("upsert")).isEqualTo(deltaHere.getJsonArray("upsert"));
            here.close();
            there.close();
        }
    }

    @Test
    @Order(2)
    void whoWasCutOffGoesOnAtTheOtherNode() {
        Customer acme = Streams.customerWithOrders(nodes.one());
        StreamClient there = open(nodes.two(), acme);
        there.send(Streams.subscribe("s1", Streams.BY_COUNTRY));
        there.next("snapshot"); // somebody goes on looking, so that the live query lives
        StreamClient before = open(nodes.one(), acme);
        before.send(Streams.subscribe("s1", Streams.BY_COUNTRY));
        JsonObject snapshot = before.next("snapshot");
        before.close();
        Streams.order(acme, "DE", 5);
        there.next("delta");

        StreamClient after = open(nodes.two(), acme);
        after.send(
                Streams.subscribe("s1", Streams.BY_COUNTRY, snapshot.getString("epoch"), snapshot.getLong("offset")));

        JsonObject missed = after.next("delta");
        assertThat(StreamClient.rows(missed, "upsert")).containsExactly("[\"DE\",1,5]");
        assertThat(missed.getLong("offset")).isEqualTo(snapshot.getLong("offset") + 1);
        after.close();
        there.close();
    }

    @Test
    @Order(3)
    void whatIsLargeCrossesInParts() {
        Customer acme = Streams.customerWithOrders(nodes.one());
        Streams.orders(acme, IntStream.range(0, 900).mapToObj("C%0100d"::formatted));
        for (Service node : new Service[] {nodes.one(), nodes.two()}) {
            StreamClient client = open(node, acme);
            Folded folded = new Folded();

            client.send(Streams.subscribe("s1", Streams.BY_COUNTRY));
            folded.take(client.next("snapshot"));

            assertThat(folded.rows()).hasSize(900).isEqualTo(Streams.query(acme, Streams.BY_COUNTRY));
            client.close();
        }
    }

    @Test
    @Order(4)
    void aNodeThatIsDrainedSendsItsSocketsElsewhere() {
        Customer acme = Streams.customerWithOrders(nodes.one());
        StreamClient client = open(nodes.two(), acme);

        nodes.one().platform().post(CLUSTER + "/nodes/" + nodes.two().name() + "/drain", "");

        assertThat(client.closeCode()).isEqualTo(1012);
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(leases(nodes.two())).isZero();
            assertThat(leases(nodes.one())).isEqualTo(LEASES);
        });
        nodes.one().platform().delete(CLUSTER + "/nodes/" + nodes.two().name() + "/drain");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(leases(nodes.two())).isPositive());
    }

    /** Of several live queries, each node evaluates some; one of the nodes goes. */
    @Test
    @Order(5)
    void afterANodeWentTheOthersGoOn() {
        Customer[] customers = IntStream.range(0, 4)
                .mapToObj(_ -> Streams.customerWithOrders(nodes.one()))
                .toArray(Customer[]::new);
        StreamClient[] clients = new StreamClient[customers.length];
        Folded[] folded = new Folded[customers.length];
        for (int i = 0; i < customers.length; i++) {
            clients[i] = open(nodes.one(), customers[i]);
            clients[i].send(Streams.subscribe("s1", Streams.BY_COUNTRY));
            folded[i] = new Folded();
            folded[i].take(clients[i].next("snapshot"));
        }

        nodes.two().leave();
        nodes.two().drain();
        for (Customer customer : customers) {
            Streams.order(customer, "DE", 5);
        }

        for (int i = 0; i < customers.length; i++) {
            StreamClient client = clients[i];
            Folded rows = folded[i];
            Customer customer = customers[i];
            await().atMost(PATIENCE).untilAsserted(() -> {
                client.seen().stream()
                        .filter(frame -> frame.containsKey("rows") || frame.containsKey("upsert"))
                        .forEach(rows::take);
                assertThat(rows.rows())
                        .isEqualTo(Streams.query(customer, Streams.BY_COUNTRY))
                        .isNotEmpty();
            });
            client.close();
        }
    }
}
