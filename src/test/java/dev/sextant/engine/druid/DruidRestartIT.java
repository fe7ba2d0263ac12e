package dev.sextant.engine.druid;

import static dev.sextant.engine.Events.CLICKS;
import static dev.sextant.engine.Events.NOON;
import static dev.sextant.engine.Events.await;
import static dev.sextant.engine.Events.clicks;
import static dev.sextant.engine.Events.clicksFrom;
import static dev.sextant.engine.Events.patience;
import static dev.sextant.engine.Events.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.engine.Bound;
import dev.sextant.engine.CommitListener;
import dev.sextant.engine.Condition;
import dev.sextant.engine.DatasetState;
import dev.sextant.engine.Deleted;
import dev.sextant.engine.EngineUnderTest;
import dev.sextant.engine.FieldType;
import dev.sextant.engine.OlapEngine;
import dev.sextant.engine.Plan;
import dev.sextant.engine.RowStream;
import dev.sextant.engine.RunHandle;
import dev.sextant.engine.Table;
import dev.sextant.engine.Wording;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.soak.ClusterSoak;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node knows that has just begun, what another sees, and rows that are read bit by bit. */
@ClusterSoak
class DruidRestartIT extends EngineUnderTest {

    private static final String DATASOURCE = Stack.datasource("restart");

    @TempDir
    static Path folder;

    @AfterAll
    static void end() {
        Stack.end(DATASOURCE);
    }

    @Override
    protected OlapEngine start(CommitListener listener) {
        return Stack.start(Stack.config(DATASOURCE, folder.resolve("first")), listener);
    }

    @BeforeEach
    void drop() {
        await(engine.drop(ACME));
    }

    @Override
    protected String endless() {
        throw new UnsupportedOperationException("Nothing here runs for long");
    }

    @Override
    protected Wording words() {
        return Wording.POOLED;
    }

    @Override
    protected void settle() {
        await(((DruidEngine) engine).settled(patience()));
    }

    private static Condition id(String id) {
        return new Condition("clicks", "\"event_id\" = ?", List.of(id));
    }

    @Test
    void takesAConditionThatSaysWhoseEventsAreMeant() {
        append(ACME, clicks("a", "b"));
        Condition bound = new Condition(
                "clicks",
                "\"tenant_id\" = ? AND \"dataset\" = ? AND \"__version\" <= ? AND \"event_id\" = ?",
                List.of(Bound.TENANT, Bound.DATASET, Bound.VERSION, "a"));

        assertThat(await(engine.delete(ACME, bound, patience())).rows()).isEqualTo(1);
        assertThat(rows(ids())).containsExactly(list("b"));
    }

    private Plan ids() {
        return select("clicks", name(Table.EVENT_ID), FieldType.STRING);
    }

    @Test
    void knowsAllAgainAfterARestart() {
        append(ACME, clicks("a", "b"));
        append(ACME, batch(CLICKS, event("c", NOON.minusSeconds(3_600), row("home"), null)));
        Deleted deleted = await(engine.delete(ACME, id("a"), patience()));
        DatasetState before = state(ACME);
        engine.close();

        engine = start((_, _, _) -> {});

        DatasetState after = state(ACME);
        assertThat(after.dataVersion()).isEqualTo(deleted.dataVersion());
        assertThat(after.rows()).isEqualTo(2);
        assertThat(after.watermark()).isEqualTo(NOON);
        assertThat(after.chunks()).isEqualTo(before.chunks());
        assertThat(rows(ids())).containsExactlyInAnyOrder(list("b"), list("c"));
        append(ACME, clicks("a", "b", "d"));
        assertThat(rows(ids())).containsExactlyInAnyOrder(list("b"), list("c"), list("d"));
        assertThat(state(ACME).rows()).isEqualTo(3);
    }

    @Test
    void showsEachNodeTheSame() {
        append(ACME, clicks("a", "b"));
        try (DruidEngine other =
                Stack.start(Stack.config(DATASOURCE, folder.resolve("second-" + UUID.randomUUID())), (_, _, _) -> {})) {
            await(other.append(ACME, clicks("b", "c"), patience()));
            await(other.settled(patience()));
            assertThat(await(other.state(ACME, "clicks")).rows()).isEqualTo(3);
            Deleted deleted = await(other.delete(ACME, id("a"), patience()));

            await(engine.define(ACME, CLICKS));
            append(ACME, clicks("d")); // once it is seen here, so is all that was before

            assertThat(deleted.rows()).isEqualTo(1);
            assertThat(rows(ids())).containsExactlyInAnyOrder(list("b"), list("c"), list("d"));
            assertThat(state(ACME).rows()).isEqualTo(3);
            assertThat(state(ACME).chunks().rows(null, null)).isEqualTo(3);
        }
    }

    @Test
    void neverAnswersWithFewerRowsWhileATaskHandsOver() {
        append(ACME, clicks("a", "b", "c"));
        Stack.supervisor(DATASOURCE, "suspend");
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(20))
                    .until(this::isRefused);
        } finally {
            Stack.supervisor(DATASOURCE, "resume");
        }

        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !isRefused());
        append(ACME, clicks("c", "d"));

        assertThat(rows(ids())).hasSize(4);
    }

    /** Whether nobody answers; who does, finds all. */
    private boolean isRefused() {
        try {
            assertThat(rows(ids())).hasSize(3);
            return false;
        } catch (ProblemException e) {
            assertThat(e.problem()).isInstanceOf(Problem.Unavailable.class);
            return true;
        }
    }

    private RowStream open(Plan plan) {
        return await(engine.stream(ACME, plan, patience(), new RunHandle()));
    }

    @Test
    void streamsAllRows() {
        append(ACME, clicksFrom("id", 0, 6_500));
        Plan all = new Plan("clicks", ids().statements(), Integer.MAX_VALUE);

        RowStream stream = open(all);

        assertThat(stream.rows()).isEqualTo(6_500);
        Set<@Nullable Object> ids = new HashSet<>();
        int batches = 0;
        for (var batch = await(stream.next()); !batch.isEmpty(); batch = await(stream.next())) {
            batch.forEach(row -> ids.add(row.getFirst()));
            batches++;
        }
        assertThat(ids).hasSize(6_500).contains("id0", "id6499");
        assertThat(batches).isGreaterThan(1);
        assertThat(problem(engine.stream(
                        ACME, new Plan("clicks", ids().statements(), 6_499), patience(), new RunHandle())))
                .isInstanceOf(Problem.LimitExceeded.class);
    }

    @Test
    void endsAStreamThatIsCancelled() {
        append(ACME, clicksFrom("id", 0, 6_500));
        RunHandle handle = new RunHandle();
        RowStream stream = await(
                engine.stream(ACME, new Plan("clicks", ids().statements(), Integer.MAX_VALUE), patience(), handle));
        await(stream.next());

        handle.cancel();

        Awaitility.await()
                .until(() -> stream.next()
                                .otherwiseEmpty()
                                .toCompletionStage()
                                .toCompletableFuture()
                                .get()
                        == null);
    }
}
