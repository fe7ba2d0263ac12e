package dev.sextant.engine.druid;

import static dev.sextant.engine.Events.await;
import static dev.sextant.engine.Events.patience;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.TestStack;
import dev.sextant.engine.FieldType;
import dev.sextant.engine.Plan;
import dev.sextant.engine.Wording;
import dev.sextant.soak.ClusterSoak;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was answered survives {@code kill -9} of the node, once. */
@ClusterSoak
class DruidCrashIT {

    private static final long EVENTS = CrashingSender.EVENTS;

    private final String datasource = Stack.datasource("crash");

    @TempDir
    Path folder;

    @AfterEach
    void end() {
        Stack.end(datasource);
    }

    @Test
    void keepsEachAnsweredBatchOnceThroughManyKills() throws Exception {
        Set<Integer> answered = new HashSet<>();

        for (int killAfter : List.of(1, 40, 140)) {
            answered.addAll(sendAndKill(killAfter)); // it begins anew each time: all that was sent comes again
        }

        try (DruidEngine engine = Stack.start(Stack.config(datasource, folder.resolve("last")), (_, _, _) -> {})) {
            Object[] kept = answered.stream().map(batch -> "btc_" + batch).toArray();
            Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
                Map<Object, Long> batchToRows = batchToRows(engine);
                assertThat(batchToRows.values()).containsOnly(EVENTS); // whole or not at all
                assertThat(batchToRows).containsKeys(kept);
            });

            CrashingSender.send(engine, _ -> {});
            await(engine.settled(patience()));

            assertThat(batchToRows(engine)).hasSize(CrashingSender.BATCHES);
            assertThat(batchToRows(engine).values()).containsOnly(EVENTS);
        }
    }

    /** Starts a sender, and kills it when it has printed so many batches; which these were. */
    private Set<Integer> sendAndKill(int answersMax) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(TestStack.properties());
        command.addAll(List.of(
                CrashingSender.class.getName(),
                datasource,
                folder.resolve("sender").toString()));
        Process sender = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader answers = sender.inputReader()) {
            Set<Integer> answered = new HashSet<>();
            while (answered.size() < answersMax) {
                numberIn(answers.readLine(), answered);
            }
            sender.toHandle().destroyForcibly(); // unlike the process itself, this leaves the pipe open
            answers.lines().forEach(line -> numberIn(line, answered)); // answered between, and still in the pipe
            return answered;
        } finally {
            sender.destroyForcibly().waitFor();
        }
    }

    /** Beside the numbers there are lines of the log. */
    private static void numberIn(@Nullable String line, Set<Integer> answered) {
        if (line == null) {
            throw new IllegalStateException("The sender ended by itself");
        }
        if (line.matches("[0-9]+")) {
            answered.add(Integer.valueOf(line));
        }
    }

    private static Map<Object, Long> batchToRows(DruidEngine engine) {
        String sql = "SELECT \"batch_id\", COUNT(*), COUNT(DISTINCT \"event_id\") " + Wording.POOLED.from("clicks")
                + " GROUP BY \"batch_id\"";
        Plan.Statement statement = new Plan.Statement(
                sql, Wording.POOLED.bound(), List.of(FieldType.STRING, FieldType.LONG, FieldType.LONG));
        List<List<@Nullable Object>> rows = await(
                        engine.run(CrashingSender.TENANT, new Plan("clicks", List.of(statement), 1000), patience()))
                .results()
                .getFirst();
        assertThat(rows).allMatch(row -> row.get(1) instanceof Long all && all.equals(row.get(2)));
        return rows.stream().map(List::toArray).collect(Collectors.toMap(row -> row[0], row -> (Long) row[1]));
    }
}
