package dev.sextant.engine.duckdb;

import static dev.sextant.engine.Events.CLICKS;
import static dev.sextant.engine.Events.NOON;
import static dev.sextant.engine.Events.await;
import static dev.sextant.engine.Events.clicks;
import static dev.sextant.engine.Events.clicksFrom;
import static dev.sextant.engine.Events.patience;
import static dev.sextant.engine.Events.plan;
import static dev.sextant.engine.Events.problem;
import static dev.sextant.engine.Events.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.engine.Answer;
import dev.sextant.engine.CommitListener;
import dev.sextant.engine.EngineUnderTest;
import dev.sextant.engine.FieldType;
import dev.sextant.engine.OlapEngine;
import dev.sextant.engine.Plan;
import dev.sextant.engine.RowStream;
import dev.sextant.engine.RunHandle;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbStreamIT extends EngineUnderTest {

    @TempDir
    Path folder;

    @BeforeEach
    void define() {
        await(engine.define(ACME, CLICKS));
        await(engine.define(OTHER, CLICKS));
    }

    /** Three at once, two of one tenant; small batches. */
    @Override
    protected OlapEngine start(CommitListener listener) {
        return start(listener, Duration.ofMinutes(1));
    }

    private OlapEngine start(CommitListener listener, Duration idleAfter) {
        DuckDbConfig config = new DuckDbConfig(
                folder,
                DuckDbConfig.DEFAULT.tenants(),
                new DuckDbConfig.Queries(2, 1, 100, 50, Duration.ofSeconds(30), 1000),
                new DuckDbConfig.Streams(3, 2, idleAfter, 1000, 10_000, 1),
                DuckDbConfig.DEFAULT.appends(),
                DuckDbConfig.DEFAULT.dedupe());
        return DuckDbEngine.start(config, () -> NOON, listener);
    }

    @Override
    protected String endless() {
        return "SELECT COUNT(*) FROM range(10000000) AS a, range(10000000) AS b WHERE a.range + b.range = 7";
    }

    private static Plan numbers(long count) {
        return stream("SELECT range FROM range(" + count + ") ORDER BY range DESC", FieldType.LONG);
    }

    private static Plan stream(String sql, FieldType... types) {
        return new Plan("clicks", List.of(new Plan.Statement(sql, List.of(), List.of(types))), Integer.MAX_VALUE);
    }

    private Future<RowStream> open(Plan plan) {
        return engine.stream(ACME, plan, patience(), new RunHandle());
    }

    private static List<@Nullable Object> firstColumn(RowStream stream) {
        List<@Nullable Object> values = new ArrayList<>();
        for (var batch = await(stream.next()); !batch.isEmpty(); batch = await(stream.next())) {
            assertThat(batch.size()).isLessThanOrEqualTo(1000);
            batch.forEach(row -> values.add(row.getFirst()));
        }
        return values;
    }

    @Test
    void givesAllRowsInTheirOrder() {
        RowStream stream = await(open(numbers(25_000)));

        assertThat(stream.rows()).isEqualTo(25_000);
        assertThat(firstColumn(stream))
                .isEqualTo(LongStream.rangeClosed(1, 25_000)
                        .mapToObj(n -> (Object) (25_000 - n))
                        .toList());
    }

    @Test
    void endsAtOnceWhereThereIsNothing() {
        RowStream stream = await(open(numbers(0)));

        assertThat(await(stream.next())).isEmpty();
    }

    @Test
    void givesWhatIsCalledLikeAPlaceOfRows() {
        RowStream stream = await(open(stream("SELECT range * 10 AS rowid FROM range(3) ORDER BY 1", FieldType.LONG)));

        assertThat(firstColumn(stream)).containsExactly(0L, 10L, 20L);
    }

    @Test
    void givesFewerRowsAtOnceWhereTheyAreLarge() {
        RowStream stream = await(open(stream("SELECT repeat('x', 4000) FROM range(10)", FieldType.STRING)));

        assertThat(await(stream.next())).hasSize(3);
        assertThat(firstColumn(stream)).hasSize(7);
    }

    @Test
    void readsOneSnapshot() {
        await(engine.append(ACME, clicks("a"), patience()));
        RowStream stream = await(open(stream("SELECT event_id FROM clicks ORDER BY 1", FieldType.STRING)));
        await(engine.append(ACME, clicks("b"), patience()));

        assertThat(stream.state().dataVersion()).isEqualTo(1);
        assertThat(firstColumn(stream)).containsExactly("a");
    }

    @Test
    void failsBeforeTheFirstRowWhereALateOneFails() {
        String sql = "SELECT CASE WHEN range = 1500000 THEN CAST('x' || range AS BIGINT) ELSE range END"
                + " FROM range(2000000)";

        assertThat(problem(open(stream(sql, FieldType.LONG)))).isInstanceOf(Problem.Unprocessable.class);
    }

    @Test
    void refusesMoreRowsThanThePlanAllows() {
        Plan many = numbers(11);

        assertThat(problem(open(new Plan("clicks", many.statements(), 10)))).isInstanceOf(Problem.LimitExceeded.class);
        assertThat(await(open(new Plan("clicks", many.statements(), 11))).rows())
                .isEqualTo(11);
    }

    @Test
    void letsOthersReadWhileReadersStall() {
        await(open(numbers(25_000)).compose(RowStream::next));
        await(open(numbers(25_000)).compose(RowStream::next));

        assertThat(value(await(engine.run(ACME, count("clicks"), patience())))).isEqualTo(0L);
        assertThat(value(await(engine.run(OTHER, count("clicks"), patience())))).isEqualTo(0L);
    }

    @Test
    void refusesATenantMoreStreamsThanItsShareUntilOneEnds() {
        RowStream first = await(open(numbers(10)));
        RowStream second = await(open(numbers(10)));
        assertThat(problem(open(numbers(10)))).isInstanceOf(Problem.Overloaded.class);
        await(engine.stream(OTHER, numbers(10), patience(), new RunHandle()));

        first.close();
        firstColumn(second);

        await().atMost(Duration.ofSeconds(10))
                .until(() -> open(numbers(10)).otherwiseEmpty().result() == null);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> await(open(numbers(10)).otherwiseEmpty()) != null);
    }

    @Test
    void stopsAStreamThatIsCancelledBeforeItBegins() {
        RunHandle handle = new RunHandle();
        Future<RowStream> stream = engine.stream(ACME, stream(endless(), FieldType.LONG), patience(), handle);

        handle.cancel();

        assertThat(problem(stream)).isInstanceOf(Problem.Cancelled.class);
        assertThat(value(await(engine.run(ACME, count("clicks"), patience())))).isEqualTo(0L);
    }

    @Test
    void stopsAStreamThatIsCancelledBetweenTwoBatches() {
        RunHandle handle = new RunHandle();
        RowStream stream = await(engine.stream(ACME, numbers(25_000), patience(), handle));
        await(stream.next());

        handle.cancel();

        assertThat(problem(stream.next())).isInstanceOf(Problem.Cancelled.class);
    }

    @Test
    void endsAStreamAtItsDeadline() {
        RowStream stream =
                await(engine.stream(ACME, numbers(25_000), Deadline.in(Duration.ofSeconds(3)), new RunHandle()));

        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> isLate(stream.next()));
    }

    private static boolean isLate(Future<?> batch) {
        return await(batch.map(_ -> false)
                .otherwise(failure -> failure instanceof ProblemException known
                        && known.problem() instanceof Problem.DeadlineExceeded));
    }

    @Test
    void endsAStreamThatNobodyReads() {
        engine.close();
        engine = start((_, _, _) -> {}, Duration.ofMillis(50));
        RowStream stream = await(open(numbers(25_000)));
        await(open(numbers(10)));

        await().atMost(Duration.ofSeconds(10))
                .until(() -> await(open(numbers(10)).otherwiseEmpty()) != null);
        assertThat(problem(stream.next())).isInstanceOf(Problem.DeadlineExceeded.class);
    }

    @Test
    void endsAStreamWhoseTenantIsDropped() {
        RowStream stream = await(open(numbers(25_000)));
        await(stream.next());

        await(engine.drop(ACME));

        assertThat(problem(stream.next())).isInstanceOf(Problem.Unavailable.class);
        assertThat(folder.resolve("tenants/ten_acme")).doesNotExist();
    }

    @Test
    void endsItsStreamsWhenItCloses() {
        RowStream stream = await(open(numbers(25_000)));

        engine.close();

        assertThat(problem(stream.next())).isInstanceOf(Problem.Unavailable.class);
    }

    @Test
    void stopsAQueryThatIsCancelledWhereverItIs() {
        List<RunHandle> handles =
                IntStream.range(0, 3).mapToObj(_ -> new RunHandle()).toList();
        Plan endless = plan("clicks", endless(), FieldType.LONG);
        List<Future<Answer>> answers = handles.stream()
                .map(handle -> engine.run(ACME, endless, patience(), handle)) // one runs, the others wait
                .toList();

        handles.forEach(RunHandle::cancel);

        answers.forEach(answer -> assertThat(problem(answer)).isInstanceOf(Problem.Cancelled.class));
        assertThat(value(await(engine.run(ACME, count("clicks"), patience())))).isEqualTo(0L);
    }

    @Test
    void tellsHowFarAQueryIs() {
        String sql = "SELECT COUNT(*) FROM range(300000) AS a, range(30000) AS b WHERE a.range + b.range = 7";
        for (int i = 0; i < 3; i++) { // also after one that was stopped
            RunHandle handle = new RunHandle();
            Future<Answer> answer = engine.run(ACME, plan("clicks", sql, FieldType.LONG), patience(), handle);

            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> handle.progress().orElse(0) > 0.01);
            assertThat(handle.progress().orElse(0.5)).isBetween(0.0, 1.0);

            handle.cancel();
            problem(answer);
            await().until(() -> handle.progress().isEmpty());
        }
    }

    @Test
    void refusesWhatFindsNoTurnInTime() {
        engine.close();
        engine = DuckDbEngine.start(
                new DuckDbConfig(
                        folder,
                        DuckDbConfig.DEFAULT.tenants(),
                        new DuckDbConfig.Queries(2, 1, 100, 50, Duration.ofMillis(50), 1000),
                        DuckDbConfig.DEFAULT.streams(),
                        DuckDbConfig.DEFAULT.appends(),
                        DuckDbConfig.DEFAULT.dedupe()),
                () -> NOON,
                (_, _, _) -> {});
        RunHandle handle = new RunHandle();
        Future<Answer> endless = engine.run(ACME, plan("clicks", endless(), FieldType.LONG), patience(), handle);

        assertThat(problem(engine.run(ACME, count("clicks"), patience()))).isInstanceOf(Problem.Overloaded.class);

        handle.cancel();
        problem(endless);
    }

    @Test
    void startsTheQueriesOfAQuietTenantBeforeThoseThatANoisyOneHasWaiting() {
        await(engine.append(ACME, clicksFrom("a", 0, 10), patience()));
        List<String> order = java.util.Collections.synchronizedList(new ArrayList<>());
        Plan heavy = plan("clicks", "SELECT COUNT(*) FROM range(3000) AS a, range(10000) AS b", FieldType.LONG);
        List<Future<Answer>> noisy = IntStream.range(0, 50)
                .mapToObj(_ -> engine.run(ACME, heavy, patience()).onSuccess(_ -> order.add("noisy")))
                .toList();

        for (int i = 0; i < 5; i++) {
            await(engine.run(OTHER, count("clicks"), patience()).onSuccess(_ -> order.add("quiet")));
        }

        await(Future.all(noisy));
        assertThat(order).hasSize(55);
        assertThat(order.subList(0, 35)).filteredOn("quiet"::equals).hasSize(5);
    }
}
