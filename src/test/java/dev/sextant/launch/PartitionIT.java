package dev.sextant.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.soak.ClusterSoak;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The network between three nodes parts and heals, and none of them is started again: afterwards each hears of the others as
 * before, and what was to be done once was done once. The one test that leaves loopback; it needs root.
 */
@Timeout(600)
@ClusterSoak
class PartitionIT {

    /** Of operations: longer than what else is looked at takes, shorter than the cut. */
    static final Duration LEASE = Duration.ofSeconds(30);

    /** Silence is believed after ten seconds, and operations are taken over after {@link #LEASE}. */
    private static final Duration CUT = Duration.ofSeconds(45);

    /** Until a node that was away reaches the database and Redis again. */
    private static final Duration WELL_AGAIN = Duration.ofSeconds(20);

    private static final int PURGES = 80;
    private static final int PURGES_OF_TWO_NODES_MAX = 32;
    private static final int OPERATIONS = 25;
    private static final String CLUSTER = "/api/v2/admin/cluster";
    private static final String DATASETS = "/api/v2/datasets";

    private static PartedCluster cluster;
    private static PartedLedger ledger;

    private final List<Follower> followers = new ArrayList<>();
    private final Set<String> operations = new HashSet<>();
    private PartedTenant tenant;

    @BeforeAll
    static void start() {
        Assumptions.assumeTrue(PartedNetwork.isPossible(), "Network namespaces need root, and the program ip");
        cluster = new PartedCluster();
        ledger = PartedLedger.begin(cluster.database);
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @BeforeEach
    void begin() {
        PartedCluster.NODES.forEach(PartitionIT::awaitWhole);
        ledger.clear();
        tenant = new PartedTenant(cluster);
        tenant.send(PartedCluster.NODES);
        PartedCluster.NODES.forEach(this::follow);
        followersHear();
    }

    @AfterEach
    void end() {
        followers.forEach(Follower::close);
    }

    private void follow(int node) {
        for (int user = 0; user < PartedTenant.USERS; user++) {
            followers.add(new Follower(tenant.watchedAt(node), PartedTenant.byUser(user)));
        }
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(200));
    }

    @Test
    void aNodeThatNobodyReachesComesBackByItself() {
        int away = 1; // the first member, which the others have for their master
        List<Integer> majority = List.of(2, 3);
        Key revokedMeanwhile = newKey(2);
        soon().until(() -> revokedMeanwhile.statusAt(away) == 200);
        toPurge();
        submitAtAll();
        ledger.purgeNow();
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> ledger.purgesUnderWay() > PURGES_OF_TWO_NODES_MAX);

        cluster.network.unplug(away);
        soon().until(() -> revokedMeanwhile.revoke(2)); // what the lost node held is let go of within seconds
        goOn(majority, majority);
        cluster.network.plug(away);

        soon().until(() -> {
            int status = revokedMeanwhile.statusAt(away);
            assertThat(status).isNotEqualTo(200);
            return status == 401;
        });
        assertWhole(away);
        assertThat(ledger.takeovers()).isPositive();
    }

    @Test
    void nodesThatReachTheDatabaseButNotEachOtherFindEachOtherAgain() {
        int away = 3;
        submitAtAll();

        cluster.network.part(away);
        goOn(PartedCluster.NODES, List.of(1, 2));
        cluster.network.unite(away);

        assertWhole(away);
        assertThat(ledger.takenOver()).isEmpty();
    }

    private void submitAtAll() {
        for (int node : PartedCluster.NODES) {
            for (int i = 0; i < OPERATIONS; i++) {
                operations.add(submit(node, PartedTenant.byUser(i)));
            }
        }
    }

    private String submit(int node, String question) {
        return tenant.submit(node, question).get("id").textValue();
    }

    /** Of as many tenants that more of them are under way than two nodes take up at once. */
    private static void toPurge() {
        for (int i = 0; i < PURGES; i++) {
            Caller operator = cluster.operator(1 + i % PartedCluster.NODES.size());
            String id = operator.json("POST", "/api/v2/admin/tenants", "{\"name\":\"short-lived %d\"}".formatted(i))
                    .get("id")
                    .textValue();
            operator.json("DELETE", "/api/v2/admin/tenants/" + id, "");
        }
    }

    /** Has time pass while callers of these nodes are answered. */
    private void goOn(List<Integer> reached, List<Integer> together) {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < CUT.toNanos()) {
            reached.forEach(node -> tenant.counted(node, 0));
            await().pollDelay(Duration.ofMillis(500)).until(() -> true);
        }
        tenant.send(reached);
        for (int node : reached) {
            assertThat(tenant.counted(node, 1)).isEqualTo(tenant.expected());
        }
        for (int node : together) {
            Set<String> seen = new HashSet<>();
            cluster.operator(node).json("GET", CLUSTER, "").get("nodes").forEach(one -> {
                if (one.at("/reached/bus").asBoolean()) {
                    seen.add(one.get("name").textValue());
                }
            });
            assertThat(seen).hasSameSizeAs(together);
        }
    }

    private void assertWhole(int away) {
        await().atMost(WELL_AGAIN).until(() -> isWell(away));
        PartedCluster.NODES.forEach(PartitionIT::awaitWhole);
        tenant.send(PartedCluster.NODES);
        followersHear();
        follow(away);
        tenant.send(PartedCluster.NODES);
        followersHear();
        assertThat(followers).allMatch(follower -> follower.gaps() == 0);
        PartedCluster.NODES.forEach(this::assertRefusedOnAllWithinASecond);
        PartedCluster.NODES.stream().filter(node -> node != away).forEach(node -> {
            assertCancelledAcross(node, away);
            assertCancelledAcross(away, node);
        });
        assertDoneOnce();
        assertThat(cluster.areAllAlive()).isTrue();
    }

    /** Whether it reaches all that it works with. */
    private static boolean isWell(int node) {
        return cluster.caller(node, "")
                .json("GET", "/health/ready", "")
                .get("status")
                .textValue()
                .equals("ready");
    }

    /** As a node sees it: all are there, it reaches all, and somebody has each lease. */
    private static void awaitWhole(int node) {
        soon().untilAsserted(() -> {
            JsonNode report = cluster.operator(node).json("GET", CLUSTER, "");
            assertThat(report.get("nodes")).hasSameSizeAs(PartedCluster.NODES).allSatisfy(one -> {
                assertThat(one.get("status").textValue()).isEqualTo("up");
                assertThat(one.at("/reached/bus").booleanValue()).isTrue();
                assertThat(one.get("leases").intValue()).isPositive();
            });
            assertThat(report.get("leases"))
                    .allMatch(lease -> !lease.path("node").asText("").isEmpty());
        });
    }

    private void followersHear() {
        soon().untilAsserted(
                        () -> assertThat(followers).extracting(Follower::value).containsOnly(tenant.expected()));
    }

    /** An API key, and its text. */
    private record Key(String tenant, String id, String text) {

        int statusAt(int node) {
            return cluster.caller(node, text).status("GET", DATASETS, "");
        }

        boolean revoke(int node) {
            return cluster.operator(node).status("DELETE", "/api/v2/api-keys/%s?tenant_id=%s".formatted(id, tenant), "")
                            / 100
                    == 2;
        }
    }

    private Key newKey(int node) {
        JsonNode made = cluster.operator(node)
                .json("POST", tenant.keys(), "{\"name\":\"short\",\"scopes\":[\"datasets:read\"]}");
        return new Key(tenant.id, made.get("id").textValue(), made.get("key").textValue());
    }

    private void assertRefusedOnAllWithinASecond(int revoking) {
        Key key = newKey(revoking);
        PartedCluster.NODES.forEach(node -> soon().until(() -> key.statusAt(node) == 200));

        assertThat(key.revoke(revoking)).isTrue();

        long revoked = System.nanoTime();
        for (int node : PartedCluster.NODES) {
            await().atMost(Duration.ofSeconds(1).minusNanos(System.nanoTime() - revoked))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> key.statusAt(node) == 401);
        }
    }

    /** Whoever waits for an operation at one node is told at once that it was cancelled at another. */
    private void assertCancelledAcross(int running, int cancelling) {
        String slow = PartedTenant.byUser(0).replace("u0", "slow");
        List<String> before = List.of(submit(running, slow), submit(running, slow));
        CompletableFuture<Integer> waited =
                CompletableFuture.supplyAsync(() -> tenant.waited(running, slow, Duration.ofSeconds(10)));
        String id = soon().until(() -> lastOperation(cancelling), last -> !before.contains(last));

        tenant.at(cancelling).json("DELETE", "/api/v2/operations/" + id, "");

        await().atMost(Duration.ofSeconds(3)).until(waited::isDone);
        assertThat(waited.join()).isEqualTo(409); // cancelled
    }

    private String lastOperation(int node) {
        return tenant.at(node)
                .json("GET", "/api/v2/operations?limit=1", "")
                .at("/data/0/id")
                .textValue();
    }

    private void assertDoneOnce() {
        soon().untilAsserted(() -> assertThat(operations)
                .allMatch(id -> tenant.at(1)
                        .json("GET", "/api/v2/operations/" + id, "")
                        .get("status")
                        .textValue()
                        .equals("succeeded")));
        assertThat(ledger.doneTwice()).isEmpty();
        assertThat(ledger.wrongTakeovers()).isEmpty();
        soon().until(() -> ledger.purgesToDo() == 0);
        assertThat(ledger.purged()).doesNotHaveDuplicates();
        assertThat(ledger.stuckJobs()).isEmpty();
    }
}
