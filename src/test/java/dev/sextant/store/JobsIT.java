package dev.sextant.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.TestServers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobsIT {

    private final List<String> done = new CopyOnWriteArrayList<>();
    private final AtomicInteger runs = new AtomicInteger();
    private Vertx vertx;
    private Postgres postgres;

    @BeforeEach
    void open() {
        vertx = Vertx.vertx();
        postgres = Answers.of(Postgres.open(vertx, TestServers.freshPostgres(), InstantSource.system()));
        postgres.jobs().onDue("note", data -> {
            done.add(data);
            return Future.succeededFuture();
        });
        postgres.jobs().every("count", Duration.ofMillis(100), () -> {
            runs.incrementAndGet();
            return Future.succeededFuture();
        });
        postgres.jobs().start();
    }

    @AfterEach
    void close() {
        Answers.of(postgres.close());
        Answers.of(vertx.close());
    }

    @Test
    void doesWhatIsDueOnceAndWhatIsLaterNot() {
        Answers.of(schedule("now", Instant.EPOCH));
        Answers.of(schedule("later", Instant.parse("2999-01-01T00:00:00Z")));

        await().atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(done).containsExactly("now"));
        await().atMost(20, TimeUnit.SECONDS).until(() -> jobs() == 1);
    }

    @Test
    void schedulingTheSameAgainMovesIt() {
        Answers.of(schedule("moved", Instant.parse("2999-01-01T00:00:00Z")));
        Answers.of(schedule("moved", Instant.EPOCH));

        await().atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(done).containsExactly("moved"));
    }

    @Test
    void whatIsRolledBackOrTakenBackIsNotDone() {
        Answers.failure(postgres.platformDb()
                .inTransaction(transaction -> postgres.jobs()
                        .schedule(transaction, new Job("note", "undone", Instant.EPOCH, "undone"))
                        .compose(_ -> Future.failedFuture("changed its mind"))));
        Answers.of(schedule("cancelled", Instant.parse("2999-01-01T00:00:00Z")));
        Answers.of(postgres.platformDb()
                .inTransaction(transaction -> postgres.jobs().cancel(transaction, "note", "cancelled")));

        Answers.of(schedule("last", Instant.EPOCH));

        await().atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(done).containsExactly("last"));
        await().atMost(20, TimeUnit.SECONDS).until(() -> jobs() == 0);
    }

    @Test
    void doesRecurringWorkAgainAndAgain() {
        await().atMost(20, TimeUnit.SECONDS).until(() -> runs.get() >= 2);
    }

    @Test
    void whatANodeLeftBehindAnotherOneDoes() {
        Answers.of(schedule("left", Instant.parse("2999-01-01T00:00:00Z")));

        Answers.of(postgres.platformDb()
                .inTransaction(transaction -> transaction.query("""
                        UPDATE scheduled_tasks SET execution_time = now() - interval '1 minute', picked = true,
                            picked_by = 'gone', last_heartbeat = now() - interval '1 minute'
                        WHERE task_name = 'note'""").execute()));

        await().atMost(40, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(done).containsExactly("left"));
    }

    private Future<Void> schedule(String data, Instant at) {
        return postgres.platformDb()
                .inTransaction(transaction -> postgres.jobs().schedule(transaction, new Job("note", data, at, data)));
    }

    private long jobs() {
        return Answers.of(postgres.platformDb()
                .inTransaction(transaction -> transaction
                        .query("SELECT count(*) FROM scheduled_tasks WHERE task_name = 'note'")
                        .execute()
                        .map(rows -> rows.iterator().next().getLong(0))));
    }
}
