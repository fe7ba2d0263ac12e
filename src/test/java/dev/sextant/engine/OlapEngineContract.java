package dev.sextant.engine;

import static dev.sextant.engine.Events.CLICKS;
import static dev.sextant.engine.Events.NOON;
import static dev.sextant.engine.Events.await;
import static dev.sextant.engine.Events.click;
import static dev.sextant.engine.Events.clicks;
import static dev.sextant.engine.Events.clicksFrom;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What every engine must do. A test of an engine extends this, and says how to start it. */
public abstract class OlapEngineContract extends DeletionContract {

    @Test
    void knowsNothingOfWhatWasNeverDefined() {
        assertThat(state(ACME)).isEqualTo(DatasetState.EMPTY);
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

        Appended appended = append(ACME, clicks("a", "b", "c"));

        assertTold(appended, 3, 0);
        assertThat(appended.dataVersion()).isEqualTo(state(ACME).dataVersion()).isPositive();
        assertThat(value(await(engine.run(ACME, count("clicks"), patience())))).isEqualTo(3L);
    }

    @Test
    void addsColumnsAndKeepsTheRows() {
        Table wider =
                new Table("clicks", List.of(new Column("Page", FieldType.STRING), new Column("depth", FieldType.LONG)));
        await(engine.define(ACME, CLICKS));
        append(ACME, clicks("a"));

        await(engine.define(ACME, wider));
        append(ACME, batch(wider, new Event("b", true, NOON, "api", row("home", 3L), null)));
        append(ACME, clicks("c"));

        String columns = "%s, %s, %s".formatted(name(Table.EVENT_ID), name("page"), name("depth", FieldType.LONG));
        assertThat(rows(select("clicks", columns, FieldType.STRING, FieldType.STRING, FieldType.LONG)))
                .containsExactlyInAnyOrder(list("a", "home", null), list("b", "home", 3L), list("c", "home", null));
    }

    @Test
    void definesAgainWithoutEffect() {
        await(engine.define(ACME, CLICKS));
        append(ACME, clicks("a"));

        await(engine.define(ACME, CLICKS));

        assertThat(state(ACME).rows()).isEqualTo(1);
    }

    @Test
    void refusesAColumnWithAnotherType() {
        await(engine.define(ACME, CLICKS));

        Future<Void> changed = engine.define(ACME, new Table("clicks", List.of(new Column("page", FieldType.LONG))));

        assertThat(problem(changed)).isInstanceOf(Problem.Fault.class);
    }

    @Test
    void givesBackWhatItTook() {
        List<Column> columns = List.of(
                new Column("text", FieldType.STRING),
                new Column("whole", FieldType.LONG),
                new Column("real", FieldType.DOUBLE),
                new Column("truth", FieldType.BOOLEAN),
                new Column("moment", FieldType.TIMESTAMP),
                new Column("tree", FieldType.JSON),
                new Column("select", FieldType.STRING));
        Instant micro = Instant.parse("1969-12-31T23:59:59.999999Z");
        Instant late = Instant.parse("9999-12-31T23:59:59.000001Z");
        Instant early = Instant.parse("0001-01-01T00:00:00Z");
        List<Event> events = List.of(
                event("1", micro, row("żółw 🐢 \"'", Long.MAX_VALUE, 0.1, true, late, "{\"a\":[1]}", "x"), "{\"k\":1}"),
                event("2", early, row("", Long.MIN_VALUE, -0.0, false, early, "[]", ";--"), null),
                event("3", late, row(null, null, null, null, null, null, null), null),
                event("4", NOON, row("a", 0L, Double.MAX_VALUE, true, micro, "1", "y"), null));

        append(ACME, new EventBatch(new Table("all_types", columns), "btc_7", NOON, 12, events));

        List<Column> asked = new ArrayList<>(List.of(new Column(Table.TIME, FieldType.TIMESTAMP)));
        asked.addAll(columns);
        asked.add(new Column(Table.PROPERTIES, FieldType.JSON));
        String names =
                asked.stream().map(column -> name(column.name(), column.type())).collect(Collectors.joining(", "));
        FieldType[] types = asked.stream().map(Column::type).toArray(FieldType[]::new);
        assertThat(rows(select("all_types", names, types)))
                .containsExactlyInAnyOrder(
                        list(micro, "żółw 🐢 \"'", Long.MAX_VALUE, 0.1, true, late, "{\"a\":[1]}", "x", "{\"k\":1}"),
                        list(early, "", Long.MIN_VALUE, -0.0, false, early, "[]", ";--", null),
                        list(late, null, null, null, null, null, null, null, null),
                        list(NOON, "a", 0L, Double.MAX_VALUE, true, micro, "1", "y", null));
    }

    @Test
    void keepsTheSystemColumns() {
        Instant received = Instant.parse("2026-03-01T12:00:00.123456Z");
        append(ACME, new EventBatch(CLICKS, "btc_9", received, 4, List.of(click("a"))));

        String columns = "event_id, received_at, source, batch_id, schema_version";
        assertThat(rows(select(
                        "clicks",
                        columns,
                        FieldType.STRING,
                        FieldType.TIMESTAMP,
                        FieldType.STRING,
                        FieldType.STRING,
                        FieldType.LONG)))
                .containsExactly(list("a", received, "api", "btc_9", 4L));
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
        append(
                ACME,
                batch(
                        table,
                        event("1", micro, row("it's", 7L, 1.5, true), null),
                        event("2", NOON, row("no", 7L, 1.5, true), null)));

        String where = "%s = ? AND %s = ? AND %s = ? AND %s = ? AND %s < ?"
                .formatted(
                        name("text"),
                        name("whole", FieldType.LONG),
                        name("real", FieldType.DOUBLE),
                        name("truth", FieldType.BOOLEAN),
                        name(Table.TIME, FieldType.TIMESTAMP));
        Plan plan =
                select("typed", name(Table.EVENT_ID), where, List.of("it's", 7L, 1.5, true, NOON), FieldType.STRING);

        assertThat(rows(plan)).containsExactly(list("1"));
    }

    @Test
    void growsTheVersionByCommitAndTellsTheListener() {
        append(ACME, clicks("a"));
        append(ACME, clicks("b", "c"));

        assertThat(commits).extracting(Commit::tenant).containsExactly(ACME, ACME);
        assertThat(commits).extracting(commit -> commit.state().rows()).containsExactly(1L, 3L);
        assertThat(commits)
                .extracting(commit -> commit.state().dataVersion())
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(state(ACME).watermark()).isEqualTo(NOON);
        assertThat(state(ACME)).isEqualTo(new ArrayList<>(commits).getLast().state());
    }

    @Test
    void keepsTheLatestWatermark() {
        Instant earlier = NOON.minusSeconds(60);
        append(ACME, clicks("a"));

        append(ACME, batch(CLICKS, event("b", earlier, row("home"), null)));

        assertThat(state(ACME).watermark()).isEqualTo(NOON);
    }

    @Test
    void raisesTheVersionsOfTheChunksThatGotRows() {
        Instant before = NOON.minusSeconds(3_600);
        long first = append(ACME, batch(CLICKS, event("a", before, row("home"), null)))
                .dataVersion();
        long second = append(ACME, clicks("b", "c")).dataVersion();

        Chunks chunks = state(ACME).chunks();

        assertThat(first).isLessThan(second);
        assertThat(chunks.version(before, NOON)).isEqualTo(first);
        assertThat(chunks.version(NOON, null)).isEqualTo(second);
        assertThat(chunks.version(null, null)).isEqualTo(second);
        assertThat(chunks.rows(NOON, null)).isEqualTo(2);
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
        settle();

        for (Future<Answer> future : answers) {
            Answer answer = await(future);
            assertThat(answer.results())
                    .allMatch(rows -> rows.equals(List.of(list(answer.state().rows()))));
        }
        assertThat(state(ACME).rows()).isEqualTo(600);
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
        settle();
        assertThat(value(await(engine.run(ACME, count("clicks"), patience())))).isEqualTo(10L);
        append(ACME, clicks("lost1"));
        assertThat(state(ACME).rows()).isEqualTo(11);
    }

    @Test
    void stopsAQueryAtItsDeadline() {
        await(engine.define(ACME, CLICKS));

        Future<Answer> late =
                engine.run(ACME, plan("clicks", endless(), FieldType.LONG), Deadline.in(Duration.ofMillis(200)));

        assertThat(problem(late)).isInstanceOf(Problem.DeadlineExceeded.class);
        assertThat(await(engine.run(ACME, count("clicks"), patience())).results())
                .hasSize(1);
    }

    @Test
    void neverStartsWhatIsLateAlready() {
        await(engine.define(ACME, CLICKS));

        assertThat(problem(engine.run(ACME, count("clicks"), Deadline.in(Duration.ZERO))))
                .isInstanceOf(Problem.DeadlineExceeded.class);
        assertThat(problem(engine.append(ACME, clicks("a"), Deadline.in(Duration.ZERO))))
                .isInstanceOf(Problem.DeadlineExceeded.class);
        settle();
        assertThat(state(ACME).rows()).isZero();
    }

    @Test
    void failsRatherThanCutOff() {
        append(ACME, clicks("a", "b", "c"));
        List<Plan.Statement> all =
                select("clicks", name(Table.EVENT_ID), FieldType.STRING).statements();

        assertThat(problem(engine.run(ACME, new Plan("clicks", all, 2), patience())))
                .isInstanceOf(Problem.LimitExceeded.class);
        assertThat(rows(new Plan("clicks", all, 3))).hasSize(3);
    }

    @Test
    void keepsTenantsApart() {
        append(ACME, clicks("a", "b"));
        append(OTHER, clicks("a"));

        assertThat(value(await(engine.run(ACME, count("clicks"), patience())))).isEqualTo(2L);
        assertThat(value(await(engine.run(OTHER, count("clicks"), patience())))).isEqualTo(1L);
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
