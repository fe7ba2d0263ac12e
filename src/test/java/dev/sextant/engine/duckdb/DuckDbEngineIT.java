package dev.sextant.engine.duckdb;

import static dev.sextant.engine.Events.CLICKS;
import static dev.sextant.engine.Events.NOON;
import static dev.sextant.engine.Events.await;
import static dev.sextant.engine.Events.clicks;
import static dev.sextant.engine.Events.clicksAt;
import static dev.sextant.engine.Events.clicksFrom;
import static dev.sextant.engine.Events.patience;
import static dev.sextant.engine.Events.plan;
import static dev.sextant.engine.Events.problem;
import static dev.sextant.engine.Events.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.engine.Answer;
import dev.sextant.engine.Appended;
import dev.sextant.engine.CommitListener;
import dev.sextant.engine.Condition;
import dev.sextant.engine.Deleted;
import dev.sextant.engine.EventBatch.Event;
import dev.sextant.engine.FieldType;
import dev.sextant.engine.OlapEngine;
import dev.sextant.engine.OlapEngineContract;
import dev.sextant.engine.Plan;
import dev.sextant.engine.Table;
import dev.sextant.engine.Table.Column;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DuckDbEngineIT extends OlapEngineContract {

    private static final CommitListener NOBODY = (_, _, _) -> {};

    @TempDir
    Path folder;

    private volatile Instant now = NOON;

    @Override
    protected OlapEngine start(CommitListener listener) {
        return DuckDbEngine.start(DuckDbConfig.DEFAULT.in(folder), clock(), listener);
    }

    private InstantSource clock() {
        return () -> now;
    }

    @Override
    protected String endless() {
        return "SELECT COUNT(*) FROM range(10000000) AS a, range(10000000) AS b WHERE a.range + b.range = 7";
    }

    private OlapEngine startTight() {
        return DuckDbEngine.start(
                new DuckDbConfig(
                        folder.resolve("tight"),
                        new DuckDbConfig.Tenants(2, Duration.ofMillis(100), 1, 64L << 20, 64L << 20),
                        new DuckDbConfig.Queries(2, 1, 3, 2, Duration.ofSeconds(30), 1000),
                        new DuckDbConfig.Streams(2, 1, Duration.ofMillis(200), 100, 1000, 1),
                        new DuckDbConfig.Appends(1, 20_000, 10_000, 1000),
                        new DuckDbConfig.Dedupe(Duration.ofDays(7), 0)),
                clock(),
                NOBODY);
    }

    @Test
    void countsItsVersionsFromOneOnByCommit() {
        assertThat(await(engine.append(ACME, clicks("a", "b", "a"), patience())))
                .isEqualTo(new Appended(2, 1, 1));
        assertThat(await(engine.append(ACME, clicks("b", "c"), patience()))).isEqualTo(new Appended(1, 1, 2));
        assertThat(await(engine.append(ACME, clicks("a"), patience()))).isEqualTo(new Appended(0, 1, 2));
        assertThat(await(engine.delete(ACME, new Condition("clicks", "event_id = 'a'", List.of()), patience())))
                .isEqualTo(new Deleted(1, 3));

        await(engine.drop(ACME));

        assertThat(await(engine.append(ACME, clicks("a"), patience()))).isEqualTo(new Appended(1, 0, 1));
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
    void findsNoTableOfAnotherTenant() {
        await(engine.define(ACME, CLICKS));
        await(engine.define(OTHER, new Table("secrets", List.of())));

        Plan spying = plan("clicks", "SELECT COUNT(*) FROM secrets", FieldType.LONG);

        assertThat(problem(engine.run(ACME, spying, patience()))).isInstanceOf(Problem.Fault.class);
    }

    @Test
    void findsAllAgainAfterARestart() {
        await(engine.append(ACME, clicks("a", "b"), patience()));
        engine.close();

        engine = start(NOBODY);

        assertThat(await(engine.state(ACME, "clicks")).rows()).isEqualTo(2);
        assertThat(value(await(engine.run(ACME, count("clicks"), patience())))).isEqualTo(2L);
        assertThat(await(engine.append(ACME, clicks("b", "c"), patience()))).isEqualTo(new Appended(1, 1, 2));
    }

    @Test
    void takesAnIdAgainAfterTheWindow() {
        await(engine.append(ACME, clicks("a", "b"), patience()));
        now = NOON.plus(Duration.ofDays(7));

        assertThat(await(engine.append(ACME, clicksAt(now.minusNanos(1000), "a"), patience())))
                .isEqualTo(new Appended(0, 1, 1));
        assertThat(await(engine.append(ACME, clicksAt(now, "a"), patience()))).isEqualTo(new Appended(1, 0, 2));
        assertThat(await(engine.append(ACME, clicksAt(now, "a"), patience()))).isEqualTo(new Appended(0, 1, 2));
    }

    @Test
    void findsDuplicatesWithoutAnyFilter() {
        try (OlapEngine tight = startTight()) {
            await(tight.append(ACME, clicksFrom("id", 0, 50), patience()));

            assertThat(await(tight.append(ACME, clicksFrom("id", 25, 50), patience())))
                    .isEqualTo(new Appended(25, 25, 2));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT COUNT(*) FROM read_csv('/etc/passwd')",
                "SELECT COUNT(*) FROM read_text('/etc/hostname')",
                "SELECT COUNT(*) FROM glob('/*')",
                "ATTACH ':memory:' AS other",
                "SET threads = 1",
                "COPY clicks TO '/tmp/stolen.csv'",
                "SELECT 1; DROP TABLE clicks",
                "SELECT 1; COMMIT; DROP TABLE clicks; SELECT 1",
                "WITH gone AS (DELETE FROM clicks RETURNING 1) SELECT COUNT(*) FROM gone",
                "DELETE FROM clicks",
                "CREATE TABLE mine AS SELECT 1",
                "INSTALL httpfs",
                "PRAGMA database_list"
            })
    void refusesWhateverIsNotAQuestionToTheTenantsData(String sql) {
        await(engine.append(ACME, clicks("a"), patience()));

        assertThat(problem(engine.run(ACME, plan("clicks", sql, FieldType.LONG), patience())))
                .isInstanceOf(Problem.Fault.class);
        assertThat(value(await(engine.run(ACME, count("clicks"), patience())))).isEqualTo(1L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT COUNT(*) FROM clicks WHERE regexp_matches(page, '(')",
                "SELECT CAST(page AS BIGINT) FROM clicks",
                "SELECT 9223372036854775807 + length(page) FROM clicks",
                "SELECT CAST(json_extract_string(page, '$.a') AS BIGINT) FROM clicks",
            })
    void blamesTheQueryWhereItDoesNotFitTheData(String sql) {
        await(engine.append(ACME, clicks("a"), patience()));

        assertThat(problem(engine.run(ACME, plan("clicks", sql, FieldType.LONG), patience())))
                .isInstanceOfSatisfying(Problem.Unprocessable.class, problem -> {
                    assertThat(problem.reason()).isEqualTo(Problem.Unprocessable.Reason.INVALID_QUERY);
                    assertThat(problem.detail()).doesNotContain("home");
                });
    }

    @Test
    void yieldsNullWhereANumberIsNone() {
        await(engine.append(ACME, clicks("a"), patience()));

        assertThat(rows(
                        "SELECT CAST('nan' AS DOUBLE), CAST('inf' AS DOUBLE), 7 / 2, 1.25",
                        FieldType.DOUBLE,
                        FieldType.DOUBLE,
                        FieldType.DOUBLE,
                        FieldType.DOUBLE))
                .containsExactly(list(null, null, 3.5, 1.25));
    }

    @Test
    void failsAsAWholeWhereALateRowFails() {
        await(engine.define(ACME, CLICKS));
        String sql = "SELECT CASE WHEN range = 1500000 THEN CAST('x' || range AS BIGINT) ELSE range END"
                + " FROM range(2000000)";
        Plan.Statement late = new Plan.Statement(sql, List.of(), List.of(FieldType.LONG));

        Future<Answer> answer = engine.run(ACME, new Plan("clicks", List.of(late), 3_000_000), patience());

        assertThat(problem(answer)).isInstanceOf(Problem.Unprocessable.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT COUNT(*) FROM range(10000000) AS a, range(10000000) AS b WHERE a.range + b.range = 7",
                "SELECT a.range FROM range(10000000) AS a, range(10000000) AS b WHERE a.range + b.range = 7",
                "SELECT a.range FROM range(1000000) AS a, range(1000000) AS b",
            })
    void freesTheThreadOfAQueryThatIsStopped(String sql) {
        try (OlapEngine tight = startTight()) { // one query at a time for a tenant
            await(tight.define(ACME, CLICKS));

            Problem stopped =
                    problem(tight.run(ACME, plan("clicks", sql, FieldType.LONG), Deadline.in(Duration.ofMillis(50))));
            Answer next = await(tight.run(ACME, count("clicks"), Deadline.in(Duration.ofSeconds(20))));

            assertThat(stopped).isInstanceOf(Problem.DeadlineExceeded.class);
            assertThat(value(next)).isEqualTo(0L);
        }
    }

    @Test
    void refusesWhatNeedsTooMuchMemory() {
        try (OlapEngine tight = startTight()) {
            await(tight.define(ACME, CLICKS));

            String sql = "SELECT length(string_agg(CAST(range AS VARCHAR))) FROM range(100000000)";

            assertThat(problem(tight.run(ACME, plan("clicks", sql, FieldType.LONG), patience())))
                    .isInstanceOf(Problem.LimitExceeded.class);
        }
    }

    @Test
    void refusesTooMuchText() {
        try (OlapEngine tight = startTight()) {
            await(tight.define(ACME, CLICKS));

            Future<Answer> wordy =
                    tight.run(ACME, plan("clicks", "SELECT repeat('x', 1001)", FieldType.STRING), patience());

            assertThat(problem(wordy)).isInstanceOf(Problem.LimitExceeded.class);
        }
    }

    @Test
    void refusesAtOnceWhatFindsNoRoomInTheQueue() {
        try (OlapEngine tight = startTight()) {
            await(tight.define(ACME, CLICKS));
            await(tight.define(OTHER, CLICKS));
            List<Future<Answer>> acme = IntStream.range(0, 10)
                    .mapToObj(_ -> tight.run(
                            ACME, plan("clicks", endless(), FieldType.LONG), Deadline.in(Duration.ofSeconds(3))))
                    .toList();

            long refused = acme.stream().filter(Future::failed).count();
            Answer other = await(tight.run(OTHER, count("clicks"), Deadline.in(Duration.ofSeconds(2))));

            assertThat(refused).isBetween(7L, 8L); // one runs, two wait; the first may not have been taken yet
            assertThat(acme.stream().filter(Future::failed))
                    .allMatch(future -> problem(future) instanceof Problem.Overloaded);
            assertThat(value(other)).isEqualTo(0L);
            acme.stream()
                    .filter(future -> !future.failed())
                    .forEach(future -> assertThat(problem(future)).isInstanceOf(Problem.DeadlineExceeded.class));
        }
    }

    @Test
    void refusesEventsThatFindNoRoomInTheQueue() {
        try (OlapEngine tight = startTight()) {
            await(tight.define(ACME, CLICKS));

            List<Future<Appended>> appends = IntStream.range(0, 200)
                    .mapToObj(i -> tight.append(ACME, clicksFrom("b" + i + "_", 0, 50), patience()))
                    .toList();
            await(Future.join(appends).otherwiseEmpty());

            long stored = appends.stream().filter(Future::succeeded).count();
            assertThat(stored).isBetween(1L, 199L);
            assertThat(appends.stream().filter(Future::failed))
                    .allMatch(future -> problem(future) instanceof Problem.Overloaded);
            assertThat(await(tight.state(ACME, "clicks")).rows()).isEqualTo(stored * 50);
        }
    }

    @Test
    void closesThoseThatAreIdleAndOpensThemAgain() {
        try (OlapEngine tight = startTight()) {
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < 6; i++) {
                    TenantId tenant = new TenantId("ten_" + i);
                    await(tight.append(tenant, clicks("round" + round), patience()));
                }
            }

            Path log = folder.resolve("tight/tenants/ten_5/events.duckdb.wal");
            assertThat(log).exists();
            await().atMost(Duration.ofSeconds(10)).until(() -> {
                now = now.plusSeconds(1);
                return !Files.exists(log);
            });

            assertThat(await(tight.state(new TenantId("ten_5"), "clicks")).rows())
                    .isEqualTo(3);
            assertThat(value(await(tight.run(new TenantId("ten_0"), count("clicks"), patience()))))
                    .isEqualTo(3L);
        }
    }

    @Test
    void asksForPatienceWhereAllPlacesAreTaken() {
        try (OlapEngine tight = startTight()) {
            TenantId third = new TenantId("ten_third");
            for (TenantId tenant : List.of(third, ACME, OTHER)) {
                await(tight.define(tenant, CLICKS));
            }
            Deadline soon = Deadline.in(Duration.ofSeconds(3));
            Future<Answer> acme = tight.run(ACME, plan("clicks", endless(), FieldType.LONG), soon);
            Future<Answer> other = tight.run(OTHER, plan("clicks", endless(), FieldType.LONG), soon);

            await().atMost(Duration.ofSeconds(3))
                    .until(() -> problem(tight.append(third, clicks("a"), patience())) instanceof Problem.Overloaded);

            assertThat(problem(acme)).isInstanceOf(Problem.DeadlineExceeded.class);
            assertThat(problem(other)).isInstanceOf(Problem.DeadlineExceeded.class);
            await().atMost(Duration.ofSeconds(10)).until(() -> {
                Future<Appended> append = tight.append(third, clicks("b"), patience());
                return await(append.map(Appended::accepted).otherwise(0L)) == 1;
            });
        }
    }

    @Test
    void leavesNoFileOfATenantThatIsDropped() {
        await(engine.append(ACME, clicks("a"), patience()));

        await(engine.drop(ACME));

        assertThat(folder.resolve("tenants/ten_acme")).doesNotExist();
        assertThat(folder.resolve("dropped")).isEmptyDirectory();
    }

    @Test
    void makesNoFileForATenantThatIsOnlyAskedFor() {
        await(engine.state(ACME, "clicks"));
        problem(engine.run(ACME, count("clicks"), patience()));

        assertThat(folder.resolve("tenants/ten_acme")).doesNotExist();
    }
}
