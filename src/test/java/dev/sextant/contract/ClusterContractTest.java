package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.TestServers;
import dev.sextant.bus.Bus;
import dev.sextant.identity.IdentitySecrets;
import dev.sextant.kernel.Secret;
import dev.sextant.launch.SextantConfig;
import dev.sextant.store.PostgresConfig;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two nodes over one PostgreSQL, as their operator sees them. */
@Timeout(60)
@Covers({"getCluster", "drainNode", "resumeNode"})
class ClusterContractTest {

    private static final String CLUSTER = "/api/v2/admin/cluster";
    private static final Duration A_MOMENT = Duration.ofSeconds(3);

    private static Service one;
    private static Service two;

    @BeforeAll
    static void startBoth() {
        PostgresConfig database = TestServers.freshPostgres();
        Secret platformKey = IdentitySecrets.makePlatformKey();
        one = new Service(Bus.Wire.ALWAYS, database, SextantConfig.DEFAULT, platformKey);
        two = new Service(Bus.Wire.ALWAYS, database, SextantConfig.DEFAULT, platformKey);
    }

    @AfterEach
    void haveBothBack() {
        one.platform().delete(drain(one));
        one.platform().delete(drain(two));
    }

    @AfterAll
    static void stopBoth() {
        two.close();
        one.close();
    }

    private static String drain(Service node) {
        return CLUSTER + "/nodes/" + node.name() + "/drain";
    }

    @Test
    void tellsWhoIsThereAndHowToReachThem() {
        HttpResponse<Buffer> response = one.platform().get(CLUSTER);

        assertThat(response.statusCode()).as(response.bodyAsString()).isEqualTo(200);
        JsonObject cluster = response.bodyAsJsonObject();
        assertThat(cluster.getString("answered_by")).isEqualTo(one.name());
        JsonObject here = node(cluster, one);
        assertThat(here.getString("status")).isEqualTo("up");
        assertThat(here.getJsonArray("roles"))
                .isEqualTo(new JsonArray().add("background").add("serve"));
        assertThat(here.getJsonObject("reached").getBoolean("bus")).isTrue();
        await().atMost(A_MOMENT)
                .untilAsserted(() ->
                        assertThat(node(ask(one), one).getString("address")).isEqualTo(one.url()));
        // Nothing is between these two but the database.
        JsonObject there = node(cluster, two);
        assertThat(there.getString("status")).isEqualTo("up");
        assertThat(there.getJsonObject("reached").getBoolean("bus")).isFalse();
    }

    @Test
    void aNodeThatIsDrainedWantsNoRequestsAndHoldsNoLeases() {
        await().atMost(A_MOMENT).untilAsserted(() -> assertThat(ready(two)).isEqualTo(200));

        HttpResponse<Buffer> drained = one.platform().post(drain(two), "");

        assertThat(drained.statusCode()).as(drained.bodyAsString()).isEqualTo(202);
        assertThat(drained.bodyAsJsonObject().getString("status")).isEqualTo("draining");
        await().atMost(A_MOMENT).untilAsserted(() -> {
            assertThat(ready(two)).isEqualTo(503);
            assertThat(node(ask(one), two).getInteger("leases")).isZero();
        });
        assertThat(ready(one)).isEqualTo(200);
        assertThat(two.platform().get(CLUSTER).statusCode())
                .as("it answers those that come")
                .isEqualTo(200);
    }

    @Test
    void drainingIsUndone() {
        one.platform().post(drain(two), "");
        await().atMost(A_MOMENT).untilAsserted(() -> assertThat(ready(two)).isEqualTo(503));

        HttpResponse<Buffer> back = one.platform().delete(drain(two));

        assertThat(back.statusCode()).isEqualTo(202);
        assertThat(back.bodyAsJsonObject().getString("status")).isEqualTo("up");
        await().atMost(A_MOMENT).untilAsserted(() -> assertThat(ready(two)).isEqualTo(200));
    }

    @Test
    void twiceIsNoMistake() {
        one.platform().post(drain(two), "");

        assertThat(two.platform().post(drain(two), "").statusCode()).isEqualTo(202);
    }

    @Test
    void saysWhereThereIsNoSuchNode() {
        assertProblem(one.platform().post(CLUSTER + "/nodes/nobody/drain", ""), 404, "not_found");
        assertProblem(one.platform().delete(CLUSTER + "/nodes/nobody/drain"), 404, "not_found");
    }

    @Test
    void tenantsLearnNothingOfNodesAndChangeNone() {
        Caller customer = one.newCustomer().caller();

        assertProblem(customer.get(CLUSTER), 403, "insufficient_scope");
        assertProblem(customer.post(drain(two), ""), 403, "insufficient_scope");
        assertProblem(customer.delete(drain(two)), 403, "insufficient_scope");
        assertThat(node(ask(one), two).getString("status")).isEqualTo("up");
    }

    @Test
    void isOnRecord() {
        HttpResponse<Buffer> drained = one.platform().post(drain(two), "");

        JsonObject record = AuditContractTest.recordOf(one.platform(), drained);

        assertThat(record.getString("operation")).isEqualTo("drainNode");
        assertThat(record.getString("resource")).isEqualTo("admin/cluster/nodes/" + two.name() + "/drain");
    }

    private static JsonObject ask(Service node) {
        return node.platform().get(CLUSTER).bodyAsJsonObject();
    }

    private static JsonObject node(JsonObject cluster, Service node) {
        return cluster.getJsonArray("nodes").stream()
                .map(JsonObject.class::cast)
                .filter(one -> one.getString("name").equals(node.name()))
                .findFirst()
                .orElseThrow();
    }

    private static int ready(Service node) {
        return node.anonymous().get("/health/ready").statusCode();
    }
}
