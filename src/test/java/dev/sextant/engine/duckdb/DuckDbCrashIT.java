package dev.sextant.engine.duckdb;

import static dev.sextant.engine.Events.NOON;
import static dev.sextant.engine.Events.await;
import static dev.sextant.engine.Events.patience;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.engine.Answer;
import dev.sextant.engine.FieldType;
import dev.sextant.engine.OlapEngine;
import dev.sextant.engine.Plan;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was answered survives {@code kill -9}, once. */
class DuckDbCrashIT {

    private static final long EVENTS = CrashingSender.EVENTS;

    @TempDir
    Path folder;

    @Test
    void keepsEachAnsweredBatchOnceThroughManyKills() throws Exception {
        Set<Integer> answered = new HashSet<>();

        for (int killAfter : List.of(1, 60, 150, 310)) {
            answered.addAll(sendAndKill(killAfter));
            try (OlapEngine engine = open()) {
                Map<Object, Long> batchToRows = batchToRows(engine);
                assertThat(batchToRows.values()).containsOnly(EVENTS); // whole or not at all
                assertThat(batchToRows)
                        .containsKeys(
                                answered.stream().map(batch -> "btc_" + batch).toArray());
            }
        }

        try (OlapEngine engine = open()) {
            long before = batchToRows(engine).size() * EVENTS;
            assertThat(CrashingSender.send(engine, _ -> {})).isEqualTo(200_000 - before);
            assertThat(batchToRows(engine)).hasSize(400);
            assertThat(ask(engine, "SELECT COUNT(*), COUNT(DISTINCT event_id) FROM clicks")
                            .results()
                            .getFirst())
                    .containsExactly(List.of(200_000L, 200_000L));
        }
    }

    private OlapEngine open() {
        return DuckDbEngine.start(DuckDbConfig.DEFAULT.in(folder), InstantSource.fixed(NOON), (_, _, _) -> {});
    }

    /** Starts a sender, and kills it when it has printed so many batches; which these were. */
    private Set<Integer> sendAndKill(int answersMax) throws IOException, InterruptedException {
        Process sender = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingSender.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader answers = sender.inputReader()) {
            Set<Integer> answered = new HashSet<>();
            while (answered.size() < answersMax) {
                answered.add(Integer.valueOf(answers.readLine()));
            }
            sender.toHandle().destroyForcibly(); // unlike the process itself, this leaves the pipe open
            answers.lines().map(Integer::valueOf).forEach(answered::add); // answered between, and still in the pipe
            return answered;
        } finally {
            sender.destroyForcibly().waitFor();
        }
    }

    private static Map<Object, Long> batchToRows(OlapEngine engine) {
        Answer answer =
                ask(engine, "SELECT batch_id, COUNT(*), COUNT(DISTINCT event_id) FROM clicks GROUP BY batch_id");
        List<List<@Nullable Object>> rows = answer.results().getFirst();
        assertThat(rows).allMatch(row -> row.get(1) instanceof Long all && all.equals(row.get(2)));
        assertThat(answer.state().rows()).isEqualTo(rows.size() * EVENTS);
        return rows.stream().map(List::toArray).collect(Collectors.toMap(row -> row[0], row -> (Long) row[1]));
    }

    private static Answer ask(OlapEngine engine, String sql) {
        List<FieldType> types = sql.startsWith("SELECT batch_id")
                ? List.of(FieldType.STRING, FieldType.LONG, FieldType.LONG)
                : List.of(FieldType.LONG, FieldType.LONG);
        Plan plan = new Plan("clicks", List.of(new Plan.Statement(sql, List.of(), types)), 1000);
        return await(engine.run(CrashingSender.TENANT, plan, patience()));
    }
}
