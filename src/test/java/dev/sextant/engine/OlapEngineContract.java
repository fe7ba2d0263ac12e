package dev.sextant.engine;

import static dev.sextant.engine.Events.CLICKS;
import static dev.sextant.engine.Events.NOON;
import static dev.sextant.engine.Events.await;
import static dev.sextant.engine.Events.click;
import static dev.sextant.engine.Events.clicks;
import static dev.sextant.engine.Events.clicksFrom;
import static dev.sextant.engine.Events.count;
import static dev.sextant.engine.Events.patience;
import static dev.sextant.engine.Events.plan;
import static dev.sextant.engine.Events.problem;
import static dev.sextant.engine.Events.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.engine.EventBatch.Event;
import dev.sextant.engine.Table.Column;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Problem;
import io.vertx.core.Future;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every engine must do. A test of an engine extends this, and says how to start it. */
public abstract class OlapEngineContract extends DedupeContract {

    @Test
    void knowsNothingOfWhatWasNeverDefined() {
        assertThat(await(engine.state(ACME, "clicks"))).isEqualTo(DatasetState.EMPTY);
        assertThat(problem(engine.run(ACME, count("clicks"), patience()))).isInstanceOf(Problem.NotFound.class);
    }

    @Test
    void startsWithNoRowsInVersionZero() {
        await(engine.define(ACME, CLICKS));

        Answer answer = await(engine.run(ACME, count("clicks"), patience()));

        assertThat(value(answer)).isEqualTo(0L);
        assertThat(answer.state()).isEqualTo(DatasetState.EMPTY);
    }

    @Test
    void countsWhatWasAppended() {
        await(engine.define(ACME, CLICKS));

        Appended appended = await(engine.append(ACME, clicks("a", "b", "c"), patience()));

        assertThat(appended).isEqualTo(new Appended(3, 0, 1));
        assertThat(value(await(engine.run(ACME, count("clicks"), patience())))).isEqualTo(3L);
    }

    @Test
    void addsColumnsAndKeepsTheRows() {
        Table wider =
                new Table("clicks", List.of(new Column("Page", FieldType.STRING), new Column("depth", FieldType.LONG)));
        await(engine.define(ACME, CLICKS));
        await(engine.append(ACME, clicks("a"), patience()));

        await(engine.define(ACME, wider));
        await(engine.append(ACME, batch(wider, new Event("b", true, NOON, "api", row("home", 3L), null)), patience()));
        await(engine.append(ACME, clicks("c"), patience()));

        assertThat(rows("SELECT event_id, depth FROM clicks ORDER BY event_id", FieldType.STRING, FieldType.LONG))
                .containsExactly(list("a", null), list("b", 3L), list("c", null));
    }

    @Test
    void definesAgainWithoutEffect() {
        await(engine.define(ACME, CLICKS));
        await(engine.append(ACME, clicks("a"), patience()));

        await(engine.define(ACME, CLICKS));

        assertThat(await(engine.state(ACME, "clicks")).rows()).isEqualTo(1);
    }

    @Test
    void refusesAColumnWithAnotherType() {
        await(engine.define(ACME, CLICKS));

        Future<Void> changed = engine.define(ACME, new Table("clicks", List.of(new Column("page", FieldType.LONG))));

        assertThat(problem(changed)).isInstanceOf(Problem.Fault.class);
    }

    @Test
    void givesBackWhatItTook() {
        Table table = new Table(
                "all_types",
                List.of(
                        new Column("text", FieldType.STRING),
                        new Column("whole", FieldType.LONG),
                        new Column("real", FieldType.DOUBLE),
                        new Column("truth", FieldType.BOOLEAN),
                        new Column("moment", FieldType.TIMESTAMP),
                        new Column("tree", FieldType.JSON),
                        new Column("select", FieldType.STRING)));
        Instant micro = Instant.parse("1969-12-31T23:59:59.999999Z");
        Instant late = Instant.parse("9999-12-31T23:59:59.000001Z");
        Instant early = Instant.parse("0001-01-01T00:00:00Z");
        List<Event> events = List.of(
                event("1", micro, row("żółw 🐢 \"'", Long.MAX_VALUE, 0.1, true, late, "{\"a\":[1]}", "x"), "{\"k\":1}"),
                event("2", early, row("", Long.MIN_VALUE, -0.0, false, early, "[]", ";--"), null),
                event("3", late, row(null, null, null, null, null, null, null), null),
                event("4", NOON, row("a", 0L, Double.MAX_VALUE, true, micro, "1", "y"), null));

        await(engine.append(ACME, new EventBatch(table, "btc_7", NOON, 12, events), patience()));

        Plan plan = plan(
                "all_types",
                "SELECT \"__time\", text, whole, \"real\", truth, moment, tree, \"select\", properties"
                        + " FROM all_types ORDER BY event_id",
                FieldType.TIMESTAMP,
                FieldType.STRING,
                FieldType.LONG,
                FieldType.DOUBLE,
                FieldType.BOOLEAN,
                FieldType.TIMESTAMP,
                FieldType.JSON,
                FieldType.STRING,
                FieldType.JSON);
        assertThat(await(engine.run(ACME, plan, patience())).results().getFirst())
                .containsExactly(
                        list(micro, "żółw 🐢 \"'", Long.MAX_VALUE, 0.1, true, late, "{\"a\":[1]}", "x", "{\"k\":1}"),
                        list(early, "", Long.MIN_VALUE, -0.0, false, early, "[]", ";--", null),
                        list(late, null, null, null, null, null, null, null, null),
                        list(NOON, "a", 0L, Double.MAX_VALUE, true, micro, "1", "y", null));
    }

    @Test
    void keepsTheSystemColumns() {
        Instant received = Instant.parse("2026-03-01T12:00:00.123456Z");
        await(engine.append(ACME, new EventBatch(CLICKS, "btc_9", received, 4, List.of(click("a"))), patience()));

        assertThat(rows(
                        "SELECT event_id, received_at, source, batch_id, schema_version FROM clicks",
                        FieldType.STRING,
                        FieldType.TIMESTAMP,
                        FieldType.STRING,
                        FieldType.STRING,
                        FieldType.LONG))
                .containsExactly(list("a", received, "api", "btc_9", 4L));
    }

    @Test
    void sumsExactlyBeyondALong() {
        Table table = new Table("sums", List.of(new Column("n", FieldType.LONG)));
        Event most = event("1", NOON, row(Long.MAX_VALUE), null);
        Event more = event("2", NOON, row(Long.MAX_VALUE), null);
        await(engine.append(ACME, batch(table, most, more), patience()));

        Answer answer = await(engine.run(ACME, plan("sums", "SELECT SUM(n) FROM sums", FieldType.DECIMAL), patience()));

        assertThat(value(answer)).isEqualTo(new BigInteger("18446744073709551614"));
    }

    @Test
    void bindsValuesOfEveryType() {
        Table table = new Table(
                "typed",
                List.of(
                        new Column("text", FieldType.STRING),
                        new Column("whole", FieldType.LONG),
                        new Column("real", FieldType.DOUBLE),
                        new Column("truth", FieldType.BOOLEAN)));
        Instant micro = Instant.parse("2026-03-01T11:59:59.999999Z");
        await(engine.append(
                ACME,
                batch(
                        table,
                        event("1", micro, row("it's", 7L, 1.5, true), null),
                        event("2", NOON, row("no", 7L, 1.5, true), null)),
                patience()));

        Plan.Statement statement = new Plan.Statement(
                "SELECT event_id FROM typed WHERE text = ? AND whole = ? AND \"real\" = ? AND truth = ? AND \"__time\" < ?",
                List.of("it's", 7L, 1.5, true, NOON),
                List.of(FieldType.STRING));
        Answer answer = await(engine.run(ACME, new Plan("typed", List.of(statement), 10), patience()));

        assertThat(answer.results().getFirst()).containsExactly(list("1"));
    }

    @Test
    void growsTheVersionByCommitAndTellsTheListener() {
        await(engine.append(ACME, clicks("a"), patience()));
        await(engine.append(ACME, clicks("b", "c"), patience()));

        assertThat(commits).extracting(Commit::tenant).containsExactly(ACME, ACME);
        assertThat(commits).extracting(commit -> commit.state().dataVersion()).containsExactly(1L, 2L);
        assertThat(commits).extracting(commit -> commit.state().rows()).containsExactly(1L, 3L);
        DatasetState state = await(engine.state(ACME, "clicks"));
        assertThat(state.watermark()).isEqualTo(NOON);
        assertThat(state).isEqualTo(new ArrayList<>(commits).getLast().state());
    }

    @Test
    void keepsTheLatestWatermark() {
        Instant earlier = NOON.minusSeconds(60);
        await(engine.append(ACME, clicks("a"), patience()));

        await(engine.append(ACME, batch(CLICKS, event("b", earlier, row("home"), null)), patience()));

        assertThat(await(engine.state(ACME, "clicks")).watermark()).isEqualTo(NOON);
    }

    @Test
    void raisesTheVersionsOfTheChunksThatGotRows() {
        Instant before = NOON.minusSeconds(3_600);
        await(engine.append(ACME, batch(CLICKS, event("a", before, row("home"), null)), patience()));
        await(engine.append(ACME, clicks("b", "c"), patience()));

        Chunks chunks = await(engine.state(ACME, "clicks")).chunks();

        assertThat(chunks.version(before, NOON)).isEqualTo(1);
        assertThat(chunks.version(NOON, null)).isEqualTo(2);
        assertThat(chunks.version(null, null)).isEqualTo(2);
        assertThat(chunks.rows(NOON, null)).isEqualTo(2);
    }

    @Test
    void deletesWhatIsMeantAndRaisesTheVersionsOfTheChunksThatLostRows() {
        Instant before = NOON.minusSeconds(3_600);
        await(engine.append(ACME, batch(CLICKS, event("a", before, row("home"), null)), patience()));
        await(engine.append(ACME, clicks("b", "c"), patience()));
        await(engine.append(OTHER, clicks("b"), patience()));

        Deleted deleted = await(engine.delete(
                ACME, new Condition("clicks", "event_id = ? OR event_id = ?", List.of("b", "x")), patience()));

        assertThat(deleted).isEqualTo(new Deleted(1, 3));
        Answer left = await(engine.run(ACME, count("clicks"), patience()));
        assertThat(value(left)).isEqualTo(2L);
        assertThat(left.state().rows()).isEqualTo(2);
        assertThat(left.state().chunks().version(before, NOON)).isEqualTo(1);
        assertThat(left.state().chunks().version(NOON, null)).isEqualTo(3);
        assertThat(left.state().chunks().rows(null, null)).isEqualTo(2);
        assertThat(new ArrayList<>(commits).getLast().state()).isEqualTo(left.state());
        assertThat(await(engine.state(OTHER, "clicks")).rows()).isEqualTo(1);
    }

    @Test
    void deletesNothingWhereNothingIsMeant() {
        await(engine.append(ACME, clicks("a"), patience()));

        Deleted deleted = await(engine.delete(ACME, new Condition("clicks", "event_id = 'x'", List.of()), patience()));

        assertThat(deleted).isEqualTo(new Deleted(0, 1));
        assertThat(commits).hasSize(1);
        assertThat(problem(engine.delete(ACME, new Condition("none", "TRUE", List.of()), patience())))
                .isInstanceOf(Problem.NotFound.class);
    }

    @Test
    void refusesTheIdsOfWhatWasDeletedOn() {
        await(engine.append(ACME, clicks("a", "b"), patience()));
        await(engine.delete(ACME, new Condition("clicks", "TRUE", List.of()), patience()));

        assertThat(await(engine.append(ACME, clicks("b", "c"), patience()))).isEqualTo(new Appended(1, 1, 3));
    }

    @Test
    void asksAllStatementsOfOneSnapshotWhileEventsArrive() {
        await(engine.define(ACME, CLICKS));
        Plan.Statement count = count("clicks").statements().getFirst();
        Plan plan = new Plan("clicks", List.of(count, count, count), 10);
        List<Future<Appended>> appends = new ArrayList<>();
        List<Future<Answer>> answers = new ArrayList<>();

        for (int i = 0; i < 60; i++) {
            appends.add(engine.append(ACME, clicksFrom("b" + i + "_", 0, 10), patience()));
            answers.add(engine.run(ACME, plan, patience()));
            await(appends.getLast());
        }

        for (Future<Answer> future : answers) {
            Answer answer = await(future);
            assertThat(answer.results())
                    .allMatch(rows -> rows.equals(List.of(list(answer.state().rows()))));
        }
        assertThat(await(engine.state(ACME, "clicks")).rows()).isEqualTo(600);
    }

    @Test
    void failsABatchAloneThatCannotBeStored() {
        await(engine.define(ACME, CLICKS));
        List<Future<Appended>> good = new ArrayList<>();
        List<Future<Appended>> bad = new ArrayList<>();
        Event broken = event("broken", NOON, row(17L), null); // where a text belongs

        for (int i = 0; i < 10; i++) {
            good.add(engine.append(ACME, clicks("good" + i), patience()));
            bad.add(engine.append(ACME, batch(CLICKS, click("lost" + i), broken), patience()));
        }

        good.forEach(append -> assertThat(await(append).accepted()).isEqualTo(1));
        bad.forEach(append -> assertThat(problem(append)).isInstanceOf(Problem.Fault.class));
        assertThat(value(await(engine.run(ACME, count("clicks"), patience())))).isEqualTo(10L);
        assertThat(await(engine.append(ACME, clicks("lost1"), patience())).accepted())
                .isEqualTo(1);
    }

    @Test
    void stopsAQueryAtItsDeadline() {
        await(engine.define(ACME, CLICKS));

        Future<Answer> late =
                engine.run(ACME, plan("clicks", endless(), FieldType.LONG), Deadline.in(Duration.ofMillis(200)));

        assertThat(problem(late)).isInstanceOf(Problem.DeadlineExceeded.class);
        assertThat(value(await(engine.run(ACME, count("clicks"), patience())))).isEqualTo(0L);
    }

    @Test
    void neverStartsWhatIsLateAlready() {
        await(engine.define(ACME, CLICKS));

        assertThat(problem(engine.run(ACME, count("clicks"), Deadline.in(Duration.ZERO))))
                .isInstanceOf(Problem.DeadlineExceeded.class);
        assertThat(problem(engine.append(ACME, clicks("a"), Deadline.in(Duration.ZERO))))
                .isInstanceOf(Problem.DeadlineExceeded.class);
        assertThat(await(engine.state(ACME, "clicks")).rows()).isZero();
    }

    @Test
    void failsRatherThanCutOff() {
        await(engine.append(ACME, clicks("a", "b", "c"), patience()));
        Plan.Statement all = new Plan.Statement("SELECT event_id FROM clicks", List.of(), List.of(FieldType.STRING));

        assertThat(problem(engine.run(ACME, new Plan("clicks", List.of(all), 2), patience())))
                .isInstanceOf(Problem.LimitExceeded.class);
        assertThat(await(engine.run(ACME, new Plan("clicks", List.of(all), 3), patience()))
                        .results()
                        .getFirst())
                .hasSize(3);
    }

    @Test
    void forgetsAllOfATenantThatIsDropped() {
        await(engine.append(ACME, clicks("a"), patience()));
        await(engine.append(OTHER, clicks("a"), patience()));

        await(engine.drop(ACME));

        assertThat(await(engine.state(ACME, "clicks"))).isEqualTo(DatasetState.EMPTY);
        assertThat(await(engine.append(ACME, clicks("a"), patience()))).isEqualTo(new Appended(1, 0, 1));
        assertThat(await(engine.state(OTHER, "clicks")).rows()).isEqualTo(1);
    }

    @Test
    void keepsTenantsApart() {
        await(engine.append(ACME, clicks("a", "b"), patience()));
        await(engine.append(OTHER, clicks("a"), patience()));
        await(engine.define(OTHER, new Table("secrets", List.of())));

        assertThat(value(await(engine.run(ACME, count("clicks"), patience())))).isEqualTo(2L);
        assertThat(value(await(engine.run(OTHER, count("clicks"), patience())))).isEqualTo(1L);
        assertThat(problem(
                        engine.run(ACME, plan("clicks", "SELECT COUNT(*) FROM secrets", FieldType.LONG), patience())))
                .isInstanceOf(Problem.Fault.class);
    }

    @Test
    void isWell() {
        await(engine.health());
    }

    @Test
    void refusesAllOnceItIsClosed() {
        engine.close();

        assertThat(problem(engine.append(ACME, clicks("a"), patience()))).isInstanceOf(Problem.Unavailable.class);
        assertThat(problem(engine.run(ACME, count("clicks"), patience()))).isInstanceOf(Problem.Unavailable.class);
    }
}
