package dev.sextant.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.TestStack;
import dev.sextant.engine.druid.TestDeletions;
import dev.sextant.kernel.Json;
import dev.sextant.launch.Crowd.Kind;
import dev.sextant.launch.Crowd.Outcome;
import dev.sextant.launch.children.ClusterBackup;
import dev.sextant.launch.children.TestFolders;
import dev.sextant.launch.children.TestProcesses;
import dev.sextant.soak.ClusterSoak;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A cluster is lost whole, but for Kafka, and is brought back from a backup that was taken while it was at work, as
 * {@code docs/backup.md} has it. Its callers go on all the time: what is not taken they send again.
 */
@Timeout(900)
@ClusterSoak
class ClusterRestoreIT {

    private static final int PER_SECOND = 20;
    private static final int DAYS = 4;
    private static final int EVENTS_A_DAY = 2_000;
    private static final int EVENTS_OF_A_USER = DAYS * EVENTS_A_DAY / 20;
    private static final Duration SEGMENTS_LATE = Duration.ofSeconds(30);
    private static final String DATASOURCE = "sextant_pool";
    private static final String HISTORY =
            "\"time_range\":{\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-02-01T00:00:00Z\"}";

    private static final Path FOLDER = TestFolders.make();
    private static final Path BACKUP = TestFolders.make();

    private static LocalCluster cluster;
    private static Tenant tenant;

    private final ClusterBackup backup = new ClusterBackup(FOLDER, BACKUP);

    @BeforeAll
    static void startCluster() {
        TestStack.build();
        cluster = start(0);
        tenant = Tenant.make(cluster);
        tenant.sendHistory(DAYS, EVENTS_A_DAY);
    }

    private static LocalCluster start(int port) {
        return LocalCluster.start(FOLDER, new LocalCluster.Wanted(1, port, false));
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
        TestFolders.delete(FOLDER);
        TestFolders.delete(BACKUP);
    }

    /** Whoever is told to ask again does so. */
    private static ConditionFactory soon() {
        return await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(200));
    }

    @Test
    void whatWasTakenAndWhatWasDeletedIsAsItWas() throws Exception {
        backup.begin();
        soon().untilAsserted(() -> tenant.get("/api/v2/api-keys")); // PostgreSQL was away for a moment
        Key revokedBefore = newKey();
        Key revokedAfter = newKey();
        Crowd crowd = new Crowd(tenant, PER_SECOND);
        try (crowd) {
            revoke(revokedBefore);
            delete("u11");
            handOver();
            soon().until(() -> carriedOut() == 1);
            delete("u12");

            backup.take();

            int takenBefore = crowd.accepted().size();
            revoke(revokedAfter);
            delete("u13");
            soon().until(() -> carriedOut() == 3);
            delete("u14");
            backup.archiveLog();
            Set<String> answers = answers(crowd, System.nanoTime());
            int takenAfter = crowd.accepted().size() - takenBefore;

            long lost = System.nanoTime();
            loseAndRestore();
            System.out.println("soak cluster: restored after %d ms; %d events had come after the backup"
                    .formatted(millisSince(lost), takenAfter));

            assertThat(answers(crowd, lost)).isEqualTo(answers);
            assertThat(takenAfter).isPositive();
        }
        System.out.println("soak cluster: %d events were taken in all"
                .formatted(crowd.accepted().size()));
        assertAllIsThereOnce(crowd.accepted());
        assertThat(statusOf(revokedBefore)).isEqualTo(401);
        assertThat(statusOf(revokedAfter)).isEqualTo(401);

        tenant.sendHistory(DAYS, EVENTS_A_DAY); // again: known, or deleted
        delete("u15");
        handOver();

        soon().until(() -> carriedOut() == 5 && held("u11", "u12", "u13", "u14", "u15") == 0);
        assertThat(tenant.count()).isEqualTo(expected(crowd.accepted().size(), 5));
    }

    private void loseAndRestore() throws IOException {
        int port = URI.create(cluster.baseUrl()).getPort();
        TestProcesses.killAll(FOLDER);
        cluster.close();
        backup.loseAllButKafka();

        backup.restore();
        CompletableFuture<Void> late = CompletableFuture.runAsync(
                this::restoreSegmentsLate,
                task -> Thread.ofPlatform().start(task)); // the common pool may have one thread;
        cluster = start(port);
        late.join();
    }

    /** When the node could answer, if it did not mind that they are not there. */
    private void restoreSegmentsLate() {
        soon().until(() -> TestProcesses.answers(FOLDER, "druid"));
        await().atMost(SEGMENTS_LATE.multipliedBy(2)).pollDelay(SEGMENTS_LATE).until(() -> true);
        try {
            backup.restoreSegments();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }

    /** All that the dashboards of the crowd show from a moment on, each looked at a few times. */
    private static Set<String> answers(Crowd crowd, long from) {
        Set<String> answers = new TreeSet<>();
        int[] seen = {0};
        soon().until(() -> {
            crowd.outcomes().stream()
                    .filter(outcome ->
                            outcome.kind() == Kind.DASHBOARD && outcome.dueNanos() > from && outcome.isGood())
                    .forEach(outcome -> {
                        answers.add(rows(outcome));
                        seen[0]++;
                    });
            return seen[0] >= 100;
        });
        return answers;
    }

    private static String rows(Outcome outcome) {
        try {
            JsonNode rows =
                    Json.tree(outcome.body().getBytes(StandardCharsets.UTF_8)).get("rows");
            Set<String> sorted = new TreeSet<>();
            rows.forEach(row -> sorted.add(row.toString()));
            return sorted.toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertAllIsThereOnce(List<String> accepted) {
        soon().until(() -> tenant.count() >= expected(accepted.size(), 4));
        tenant.assertHolds(accepted);
        assertThat(tenant.count()).isEqualTo(expected(accepted.size(), 4));
        assertThat(usersOfHistory()).hasSize(16).doesNotContain("u11", "u12", "u13", "u14");
    }

    private static long expected(int accepted, int usersDeleted) {
        return DAYS * EVENTS_A_DAY - (long) usersDeleted * EVENTS_OF_A_USER + accepted;
    }

    private static Set<String> usersOfHistory() {
        Set<String> users = new TreeSet<>();
        tenant.post(Tenant.QUERY, Tenant.visits("\"dimensions\":[\"user\"]," + HISTORY))
                .get("rows")
                .forEach(row -> users.add(row.get(0).textValue()));
        return users;
    }

    /** What a user did in the days of the history. */
    private static void delete(String user) {
        String meant = "{\"filter\":{\"field\":\"user\",\"op\":\"eq\",\"value\":\"%s\"},%s}".formatted(user, HISTORY);
        soon().untilAsserted(() -> assertThat(tenant.post("/api/v2/datasets/visits/delete", meant)
                        .get("deleted")
                        .longValue())
                .isEqualTo(EVENTS_OF_A_USER));
    }

    /** Deletions whose events are not in Druid any more. */
    private static long carriedOut() {
        return TestDeletions.done(TestProcesses.port(FOLDER, "kafka"), DATASOURCE);
    }

    /** Events of the history that Druid has of these users. */
    private static long held(String... users) {
        String names = Set.of(users).stream().map("'%s'"::formatted).collect(Collectors.joining(","));
        return druid(0).json("POST", "/druid/v2/sql", """
                        {"query":"SELECT COUNT(*) AS n FROM %s WHERE s_user IN (%s) AND __time < TIMESTAMP '2026-02-01'"}""".formatted(DATASOURCE, names))
                .at("/0/n")
                .longValue();
    }

    /** Has the task that reads hand over its segments. */
    private static void handOver() {
        Caller overlord = druid(1);
        String supervisor = "/druid/indexer/v1/supervisor/" + DATASOURCE;
        overlord.json("POST", supervisor + "/suspend", "");
        soon().until(() -> overlord.json(
                        "GET", "/druid/indexer/v1/tasks?state=running&type=index_kafka&datasource=" + DATASOURCE, "")
                .isEmpty());
        overlord.json("POST", supervisor + "/resume", "");
    }

    private static Caller druid(int service) {
        return new Caller("http://localhost:" + (TestProcesses.port(FOLDER, "druid") + service), "");
    }

    /** An API key, and its text. */
    private record Key(String id, String text) {}

    private static Key newKey() {
        JsonNode made = tenant.post("/api/v2/api-keys", "{\"name\":\"short\",\"scopes\":[\"datasets:read\"]}");
        Key key = new Key(made.get("id").textValue(), made.get("key").textValue());
        soon().until(() -> statusOf(key) == 200);
        return key;
    }

    private static void revoke(Key key) {
        new Caller(cluster.baseUrl(), tenant.key()).json("DELETE", "/api/v2/api-keys/" + key.id, "");
        soon().until(() -> statusOf(key) == 401);
    }

    private static int statusOf(Key key) {
        return new Caller(cluster.baseUrl(), key.text).status("GET", "/api/v2/datasets", "");
    }
}
