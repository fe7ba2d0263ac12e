package dev.sextant.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.TestServers;
import dev.sextant.kernel.TenantId;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChangeFeedIT {

    private static final TenantId A = new TenantId("ten_a");

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final AtomicInteger gaps = new AtomicInteger();
    private Vertx vertx;
    private PostgresConfig config;
    private Postgres postgres;

    @BeforeEach
    void listen() {
        vertx = Vertx.vertx();
        config = TestServers.freshPostgres();
        TestServers.asSuperuser(config, "INSERT INTO tenant (id, name, plan) VALUES ('ten_a', 'a', 'p')");
        postgres = Answers.of(Postgres.open(vertx, config, InstantSource.system()));
        postgres.changeFeed().onChange((tenant, subject) -> told.add(tenant + " " + subject));
        postgres.changeFeed().onGap(gaps::incrementAndGet);
    }

    @AfterEach
    void close() {
        Answers.of(postgres.close());
        Answers.of(vertx.close());
    }

    @Test
    void tellsAChangeToOtherNodesToo() {
        List<String> toldThere = new CopyOnWriteArrayList<>();
        Postgres there = Answers.of(Postgres.open(vertx, config, InstantSource.system()));
        there.changeFeed().onChange((tenant, subject) -> toldThere.add(tenant + " " + subject));

        Answers.of(record("api_key:key_1"));

        await().untilAsserted(() -> assertThat(told).containsExactly("ten_a api_key:key_1"));
        await().untilAsserted(() -> assertThat(toldThere).containsExactly("ten_a api_key:key_1"));
        Answers.of(there.close());
    }

    @Test
    void tellsEachOfManyConcurrentChangesOnce() {
        List<String> subjects =
                IntStream.range(0, 50).mapToObj(Integer::toString).toList();

        Answers.of(Future.join(subjects.stream().map(this::record).toList()));

        await().untilAsserted(() -> assertThat(told).hasSize(50));
        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(
                        subjects.stream().map(subject -> "ten_a " + subject).toList());
        assertThat(gaps).hasValue(0);
    }

    @Test
    void tellsNothingOfWhatWasRolledBack() {
        Answers.failure(postgres.tenantDb()
                .inTransaction(
                        A,
                        transaction -> Changes.record(transaction, A, "undone")
                                .compose(_ -> Future.failedFuture("changed its mind"))));

        Answers.of(record("done"));

        await().untilAsserted(() -> assertThat(told).containsExactly("ten_a done"));
        assertThat(gaps).hasValue(0);
    }

    @Test
    void findsAChangeWithoutANotice() {
        TestServers.asSuperuser(
                config,
                "WITH next AS (UPDATE revision SET value = value + 1 RETURNING value)"
                        + " INSERT INTO change SELECT value, 'ten_a', 'quiet', now() FROM next");

        await().untilAsserted(() -> assertThat(told).containsExactly("ten_a quiet"));
    }

    @Test
    void saysWhenChangesAreMissingForGood() {
        TestServers.asSuperuser(config, "UPDATE revision SET value = value + 5");

        await().untilAsserted(() -> assertThat(gaps).hasValue(1));
    }

    @Test
    void readsAgainWhenItsConnectionIsCut() {
        TestServers.asSuperuser(
                config,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND pid <> pg_backend_pid()");

        await().ignoreExceptions().until(() -> {
            Answers.of(record("after"));
            return true;
        });

        await().untilAsserted(() -> assertThat(told).contains("ten_a after"));
        await().until(postgres.changeFeed()::fresh);
    }

    /** Revocations must be heard within a second, and who is known must stay known, also when callers come all at once. */
    @Test
    void readsOnWhileEveryLoopThatServesCallersIsBusy() throws InterruptedException {
        int loops = VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE;
        CountDownLatch busy = new CountDownLatch(loops);
        CountDownLatch idle = new CountDownLatch(1);
        vertx.deployVerticle(() -> new Occupant(busy, idle), new DeploymentOptions().setInstances(loops));
        busy.await();
        TestServers.asSuperuser(
                config,
                "WITH next AS (UPDATE revision SET value = value + 1 RETURNING value)"
                        + " INSERT INTO change SELECT value, 'ten_a', 'meanwhile', now() FROM next");

        await().untilAsserted(() -> assertThat(told).containsExactly("ten_a meanwhile"));
        await().during(ChangeFeed.STALE_AFTER.multipliedBy(2)).until(postgres.changeFeed()::fresh);

        idle.countDown();
    }

    /** Keeps a loop from doing anything else. */
    private static final class Occupant extends VerticleBase {

        private final CountDownLatch busy;
        private final CountDownLatch idle;

        Occupant(CountDownLatch busy, CountDownLatch idle) {
            this.busy = busy;
            this.idle = idle;
        }

        @Override
        public Future<?> start() {
            context.runOnContext(_ -> occupy());
            return Future.succeededFuture();
        }

        private void occupy() {
            busy.countDown();
            try {
                idle.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Future<Void> record(String subject) {
        return postgres.tenantDb().inTransaction(A, transaction -> Changes.record(transaction, A, subject));
    }
}
