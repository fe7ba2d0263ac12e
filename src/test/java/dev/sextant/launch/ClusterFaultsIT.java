package dev.sextant.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.TestStack;
import dev.sextant.launch.Crowd.Kind;
import dev.sextant.launch.Crowd.Outcome;
import dev.sextant.launch.FaultReport.Fault;
import dev.sextant.launch.children.TestFolders;
import dev.sextant.launch.children.TestProcesses;
import dev.sextant.soak.ClusterSoak;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Three nodes behind HAProxy, over a Kafka and a Druid of their own: what callers see while each of these dies and comes
 * back. Whatever happens, each event that was taken is there once, and who follows over a socket misses nothing.
 *
 * <p>How long things took is written to {@code perf/results/soak-cluster.json}.
 */
@Timeout(900)
@ClusterSoak
class ClusterFaultsIT {

    /** Requests, from all callers. {@code ./sextant soak cluster --steps N} sets another number. */
    private static final int PER_SECOND = Integer.getInteger("sextant.soak.steps", 150);

    private static final int DAYS = 4;
    private static final int EVENTS_A_DAY = 2_000;
    private static final Duration WARM_UP = Duration.ofSeconds(90);
    private static final Duration CALM = Duration.ofSeconds(15);
    private static final Set<Kind> READS = EnumSet.of(Kind.DASHBOARD, Kind.QUESTION);

    private static final Path FOLDER = TestFolders.make();
    private static final FaultReport REPORT = new FaultReport(PER_SECOND);

    private static LocalCluster cluster;
    private static Tenant tenant;

    private Crowd crowd;
    private Follower follower;

    @BeforeAll
    static void startCluster() {
        TestStack.build();
        cluster = LocalCluster.start(FOLDER, new LocalCluster.Wanted(3, 0, false));
        tenant = Tenant.make(cluster);
        tenant.sendHistory(DAYS, EVENTS_A_DAY);
        try (Crowd _ =
                new Crowd(tenant, PER_SECOND / 3)) { // so that all has been asked, and compiled, before it counts
            pass(WARM_UP);
        }
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
        TestFolders.delete(FOLDER);
        REPORT.write();
    }

    @BeforeEach
    void begin() {
        soon().until(ClusterFaultsIT::isWhole);
        follower = new Follower(tenant);
        crowd = new Crowd(tenant, PER_SECOND);
        pass(CALM);
    }

    @AfterEach
    void end() {
        follower.close();
        crowd.close();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(100));
    }

    private static boolean isWhole() {
        return List.of("node-1", "node-2", "node-3").stream().allMatch(cluster::isReady);
    }

    /** Has the crowd go on for a while. */
    private static void pass(Duration time) {
        await().pollDelay(time).atMost(time.plusSeconds(5)).until(() -> true);
    }

    /** When it became true, of {@link System#nanoTime}. */
    private static long when(Callable<Boolean> condition) {
        soon().until(condition);
        return System.nanoTime();
    }

    @Test
    void aNodeThatIsKilledTakesOnlyWhatItWasAtWithIt() {
        long killed = System.nanoTime();
        TestProcesses.kill(FOLDER, "node-2");
        when(() -> cluster.isReady("node-2"));

        List<Outcome> outcomes = ended("kill -9 of a node", new Fault(killed, killed));
        assertThat(outcomes)
                .filteredOn(outcome -> READS.contains(outcome.kind()))
                .allMatch(Outcome::isGood);
        assertThat(outcomes)
                .filteredOn(outcome -> !outcome.isGood())
                .allMatch(outcome ->
                        outcome.dueNanos() - killed < Duration.ofSeconds(2).toNanos());
    }

    @Test
    void aRollingRestartFailsNobody() {
        long begun = System.nanoTime();
        for (String node : List.of("node-1", "node-2", "node-3")) {
            long pid = TestProcesses.terminate(FOLDER, node);
            soon().until(() -> TestProcesses.isAnother(FOLDER, node, pid) && cluster.isReady(node));
        }

        List<Outcome> outcomes = ended("rolling restart", new Fault(begun, begun));
        assertThat(outcomes).filteredOn(outcome -> !outcome.isGood()).isEmpty();
    }

    @Test
    void whileKafkaIsAwayEventsAreRefusedAndQuestionsAnswered() {
        Fault fault = awayAndBack("kafka");

        List<Outcome> outcomes = ended("kill -9 of Kafka", fault);
        assertThat(outcomes)
                .filteredOn(outcome -> READS.contains(outcome.kind()))
                .allMatch(Outcome::isGood);
        assertRefusedInOrder(outcomes);
    }

    @Test
    void whileDruidIsAwayTheLastAnswersAreGivenAndEventsTaken() {
        Fault fault = awayAndBack("druid");

        List<Outcome> outcomes = ended("kill -9 of Druid", fault);
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.kind() != Kind.QUESTION)
                .allMatch(Outcome::isGood);
        assertRefusedInOrder(outcomes);
    }

    private static Fault awayAndBack(String part) {
        try (Witness witness = new Witness(TestProcesses.port(FOLDER, part))) {
            TestProcesses.kill(FOLDER, part);
            await().until(() -> !TestProcesses.answers(FOLDER, part));
            long back = when(() -> TestProcesses.answers(FOLDER, part));
            pass(CALM);
            return new Fault(witness.closedNanos(), back);
        }
    }

    private static void assertRefusedInOrder(List<Outcome> outcomes) {
        Predicate<Outcome> isRefusal = outcome -> outcome.status() == 503 && outcome.retryAfter();
        assertThat(outcomes).filteredOn(outcome -> !outcome.isGood()).allMatch(isRefusal);
    }

    /** All outcomes, after it has been seen that nothing was lost, and nothing is there twice. */
    private List<Outcome> ended(String name, Fault fault) {
        pass(CALM);
        crowd.close();
        List<Outcome> outcomes = crowd.outcomes();
        REPORT.add(name, outcomes, fault);
        List<String> accepted = crowd.accepted();
        soon().until(() -> tenant.count() >= accepted.size());
        tenant.assertHolds(accepted);
        long count = tenant.count();
        soon().until(() -> follower.value() == count);
        assertThat(follower.gaps()).isZero();
        return outcomes;
    }
}
