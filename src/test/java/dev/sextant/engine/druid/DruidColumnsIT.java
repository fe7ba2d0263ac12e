package dev.sextant.engine.druid;

import static dev.sextant.engine.Events.NOON;
import static dev.sextant.engine.Events.await;
import static dev.sextant.engine.Events.clicksFrom;
import static dev.sextant.engine.Events.patience;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.engine.EventBatch;
import dev.sextant.engine.EventBatch.Event;
import dev.sextant.engine.FieldType;
import dev.sextant.engine.Plan;
import dev.sextant.engine.Table;
import dev.sextant.engine.Table.Column;
import dev.sextant.engine.Wording;
import dev.sextant.kernel.TenantId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns stay what they are where a task has written so many rows of others that none of its own are in memory any more. */
@Tag("druid")
class DruidColumnsIT {

    private static final String DATASOURCE = Stack.datasource("columns");
    private static final TenantId FEW = new TenantId("ten_few");
    private static final TenantId MANY = new TenantId("ten_many");

    /** More than twice what a task keeps in memory. */
    private static final int ROWS = 320_000;

    private static final int BATCH = 8_000;

    private static final List<Column> COLUMNS = List.of(
            new Column("n", FieldType.LONG),
            new Column("x", FieldType.DOUBLE),
            new Column("flag", FieldType.BOOLEAN),
            new Column("seen", FieldType.TIMESTAMP));

    @TempDir
    static Path folder;

    @AfterAll
    static void end() {
        Stack.end(DATASOURCE);
    }

    private static EventBatch visit(String id, @Nullable String properties) {
        Event event = new Event(id, true, NOON, "api", new Object[] {7L, 0.5, true, Instant.EPOCH}, properties);
        return new EventBatch(new Table("visits", COLUMNS), "btc_1", NOON, 1, List.of(event));
    }

    private static List<List<@Nullable Object>> sums(DruidEngine engine) {
        Wording words = Wording.POOLED;
        String sums = "SUM(%s), SUM(%s), SUM(%s), MAX(%s), COUNT(JSON_VALUE(\"properties\", '$.who'))"
                .formatted(COLUMNS.stream().map(words::name).toArray());
        Plan plan = new Plan(
                "visits",
                List.of(new Plan.Statement(
                        "SELECT %s %s".formatted(sums, words.from("visits")),
                        words.bound(),
                        List.of(FieldType.LONG, FieldType.DOUBLE, FieldType.LONG, FieldType.LONG, FieldType.LONG))),
                10);
        return await(engine.run(FEW, plan, patience())).results().getFirst();
    }

    @Test
    void areKnownWhereNobodyHasAValue() {
        try (DruidEngine engine = Stack.start(Stack.config(DATASOURCE, folder), (_, _, _) -> {})) {
            await(engine.append(FEW, visit("a", "{\"who\":\"ann\"}"), patience()));
            await(engine.append(FEW, visit("b", null), patience()));
            for (int i = 0; i < ROWS; i += BATCH) {
                await(engine.append(MANY, clicksFrom("many", i, BATCH), patience()));
            }
            await(engine.settled(patience()));

            Awaitility.await()
                    .during(Duration.ofSeconds(8))
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(sums(engine)).containsExactly(List.of(14L, 1.0, 2L, 0L, 1L)));
            await(engine.append(FEW, visit("c", null), patience()));
            await(engine.settled(patience()));
            assertThat(sums(engine)).containsExactly(List.of(21L, 1.5, 3L, 0L, 1L));
        }
    }
}
