package dev.sextant.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.TestStack;
import dev.sextant.launch.Crowd.Kind;
import dev.sextant.launch.children.TestFolders;
import dev.sextant.launch.children.TestProcesses;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three nodes behind HAProxy, each a process, over the Kafka and the Druid of all tests: a few callers, and a node that dies. */
@Timeout(600)
@Tag("druid")
@Tag("soak-cluster")
class ThreeNodesIT {

    private static final int PER_SECOND = 10;

    private static final Path FOLDER = TestFolders.make();

    private static LocalCluster cluster;
    private static Tenant tenant;

    @BeforeAll
    static void start() {
        cluster = LocalCluster.start(
                FOLDER,
                new LocalCluster.Wanted(3, 0, false),
                new LocalCluster.Stack(TestStack.kafkaPort(), TestStack.druidPort()));
        tenant = Tenant.make(cluster);
        tenant.sendHistory(4, 200);
    }

    @AfterAll
    static void stop() {
        cluster.close();
        TestFolders.delete(FOLDER);
    }

    /** A node that has just started may refuse: then it is asked again. */
    private static ConditionFactory soon() {
        return await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions();
    }

    /** Whether all three are there, and reach each other. */
    private static boolean areOneCluster() {
        List<JsonNode> nodes = new ArrayList<>();
        new Tenant(cluster.baseUrl(), cluster.platformKey().value())
                .get("/api/v2/admin/cluster")
                .get("nodes")
                .forEach(nodes::add);
        return nodes.size() == 3
                && nodes.stream()
                        .allMatch(node -> node.get("status").textValue().equals("up")
                                && node.at("/reached/bus").asBoolean());
    }

    @Test
    void adviseNothingThatTheyWouldRefuse() {
        assertThat(tenant.refusal("/api/v2/datasets/visits/rollups/advice"))
                .contains("\"status\":422", "not_supported", "there are no rollups");
    }

    @Test
    void aNodeThatDiesTakesNothingWithItAndComesBack() {
        soon().until(ThreeNodesIT::areOneCluster);
        try (Crowd before = new Crowd(tenant, PER_SECOND)) { // so that all has been asked before it counts
            soon().until(() -> before.accepted().size() >= 100);
        }
        try (Follower follower = new Follower(tenant)) {
            Crowd crowd = new Crowd(tenant, PER_SECOND);
            try (crowd) {
                long pid = TestProcesses.kill(FOLDER, "node-2");
                soon().until(() -> TestProcesses.isAnother(FOLDER, "node-2", pid) && cluster.isReady("node-2"));
                soon().until(ThreeNodesIT::areOneCluster);
            }

            assertThat(crowd.outcomes())
                    .filteredOn(outcome -> outcome.kind() == Kind.DASHBOARD)
                    .isNotEmpty()
                    .allMatch(Crowd.Outcome::isAnswered); // those under way on the node are asked again of another
            List<String> accepted = crowd.accepted();
            soon().untilAsserted(() -> tenant.assertHolds(accepted));
            soon().until(() -> follower.value() == tenant.count());
            assertThat(follower.gaps()).isZero();
        }
    }
}
