package dev.sextant.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.TestStack;
import dev.sextant.launch.Crowd.Outcome;
import dev.sextant.launch.children.TestFolders;
import dev.sextant.launch.children.TestProcesses;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Three nodes behind HAProxy, over Kafka and Druid: what callers see while nodes die, go and come. */
@Timeout(600)
@Tag("soak-cluster")
@EnabledIfSystemProperty(
        named = "sextant.soak",
        matches = "cluster",
        disabledReason = "It takes a machine of its own for minutes: ./sextant soak cluster")
class ClusterIT {

    private static final String COUNT = "{\"dataset\":\"visits\",\"measures\":[{\"agg\":\"count\"}]}";
    private static final String MODEL = """
            {"name":"visits","model":{"time":"time","dimensions":[{"name":"user","type":"string"},{"name":"page","type":"string"}]}}""";

    private static final Path FOLDER = TestFolders.make();

    private static LocalCluster cluster;
    private static Tenant tenant;

    @BeforeAll
    static void startCluster() {
        cluster = LocalCluster.start(
                FOLDER,
                new LocalCluster.Wanted(3, 0, false),
                new LocalCluster.Stack(TestStack.kafkaPort(), TestStack.druidPort()));
        tenant = Tenant.make(cluster, MODEL);
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
        TestFolders.delete(FOLDER);
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(200));
    }

    @Test
    void aNodeThatIsKilledTakesNoAcceptedEventWithIt() {
        Crowd crowd = new Crowd(cluster.baseUrl(), tenant.key(), COUNT, 4, 10);
        soon().until(() -> crowd.accepted().size() > 40);
        crowd.outcomes();

        TestProcesses.kill(FOLDER, "node-2");
        int before = crowd.accepted().size();
        soon().until(() -> crowd.accepted().size() > before + 100);
        crowd.close();

        List<Outcome> outcomes = crowd.outcomes();
        assertThat(outcomes).filteredOn(outcome -> outcome.what().equals("ask")).allMatch(Outcome::isGood);
        assertThat(outcomes).filteredOn(outcome -> !outcome.isGood()).hasSizeLessThan(8);
        soon().until(() -> Crowd.number(crowd.ask()) >= crowd.accepted().size());
        tenant.assertHolds(crowd.accepted());
    }

    @Test
    void aRollingRestartFailsNobody() {
        Crowd crowd = new Crowd(cluster.baseUrl(), tenant.key(), COUNT, 4, 10);
        for (String node : List.of("node-1", "node-2", "node-3")) {
            long pid = TestProcesses.terminate(FOLDER, node);
            soon().until(() -> TestProcesses.isAnother(FOLDER, node, pid) && cluster.isReady(node));
        }
        crowd.close();

        assertThat(crowd.outcomes()).isNotEmpty().allMatch(Outcome::isGood);
    }
}
