package dev.sextant.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.TestServers;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresIT {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final TenantId A = new TenantId("ten_a");
    private static final TenantId B = new TenantId("ten_b");

    private static Vertx vertx;
    private static PostgresConfig config;
    private static Postgres postgres;

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
        config = TestServers.freshPostgres();
        TestServers.asSuperuser(
                config, "INSERT INTO tenant (id, name, plan) VALUES ('ten_a', 'a', 'p'), ('ten_b', 'b', 'p')");
        postgres = Answers.of(Postgres.open(vertx, config, InstantSource.system()));
    }

    @AfterAll
    static void close() {
        Answers.of(postgres.close());
        Answers.of(vertx.close());
    }

    @Test
    void aTenantFindsWhatItWroteAndNobodyElseDoes() {
        Answers.of(postgres.tenantDb().inTransaction(A, transaction -> addDataset(transaction, A, "mine")));

        assertThat(Answers.of(postgres.tenantDb().inTransaction(A, PostgresIT::countMine)))
                .isEqualTo(1);
        assertThat(Answers.of(postgres.tenantDb().inTransaction(B, PostgresIT::countMine)))
                .isZero();
        assertThat(Answers.of(postgres.platformDb().inTransaction(PostgresIT::countMine)))
                .isEqualTo(1);
    }

    @Test
    void aTenantCannotWriteForAnother() {
        Throwable refused = Answers.failure(
                postgres.tenantDb().inTransaction(A, transaction -> addDataset(transaction, B, "foreign")));

        assertThat(refused).hasMessageContaining("row-level security");
    }

    @Test
    void theTenantOfATransactionIsForgottenWithIt() {
        Transactions oneConnection = overOneConnection(config);
        Answers.of(
                new TenantDb(oneConnection, new Once(Vault.ofThisProcess())).inTransaction(A, PostgresIT::countMine));

        String tenant = Answers.of(oneConnection.run(_ -> Future.succeededFuture(), PostgresIT::tenant));

        assertThat(tenant).isEmpty();
    }

    @Test
    void whatFailsIsRolledBack() {
        Throwable failure = Answers.failure(postgres.tenantDb()
                .inTransaction(
                        A,
                        transaction -> addDataset(transaction, A, "half")
                                .compose(_ -> Future.failedFuture(new IllegalStateException("changed its mind")))));

        assertThat(failure).hasMessage("changed its mind");
        long halves = Answers.of(postgres.tenantDb().inTransaction(A, transaction -> count(transaction, "half")));
        assertThat(halves).isZero();
    }

    @Test
    void workThatThrowsIsRolledBackToo() {
        Throwable failure = Answers.failure(postgres.tenantDb().inTransaction(A, _ -> {
            throw new IllegalStateException("thrown");
        }));

        assertThat(failure).hasMessage("thrown");
    }

    @Test
    void aDuplicateIsKnownAsOne() {
        Answers.of(postgres.tenantDb().inTransaction(A, transaction -> addDataset(transaction, A, "twin")));

        Throwable failure = Answers.failure(
                postgres.tenantDb().inTransaction(A, transaction -> addDataset(transaction, A, "twin")));

        assertThat(PostgresFailure.isDuplicate(failure)).isTrue();
    }

    @Test
    void whoeverWaitsTooLongInALineThatIsFullIsRefused() {
        TenantDb db = new TenantDb(overOneConnection(narrow()), new Once(Vault.ofThisProcess()));
        IntStream.range(0, 2)
                .forEach(_ -> db.inTransaction(
                        A,
                        transaction -> transaction
                                .query("SELECT pg_sleep(5)")
                                .execute()
                                .mapEmpty()));

        Problem third = Answers.problemSoon(db.inTransaction(A, PostgresIT::countMine));

        assertThat(third).isInstanceOfAny(Problem.Overloaded.class, Problem.Unavailable.class);
    }

    /** It is the database that must be quick, not whoever asks it. */
    @Test
    void aBusyCallerIsToldWhatWasFoundInTime() {
        Postgres impatient = Answers.of(Postgres.open(vertx, narrow(), InstantSource.system()));
        Answers.of(impatient.tenantDb().inTransaction(A, PostgresIT::countMine));
        CountDownLatch isLate = new CountDownLatch(1);
        Promise<Long> counted = Promise.promise();

        vertx.getOrCreateContext().runOnContext(_ -> {
            impatient.tenantDb().inTransaction(A, PostgresIT::countMine).onComplete(counted);
            occupy(isLate);
        });
        TestServers.asSuperuser(config, "SELECT pg_sleep(1.5)");
        isLate.countDown();

        assertThat(Answers.of(counted.future())).isNotNegative();
        Answers.of(impatient.close());
    }

    private static void occupy(CountDownLatch until) {
        try {
            until.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aCredentialIsNotWaitedForLongerThanAskedFor() {
        Promise<Void> isOver = Promise.promise();
        Promise<Void> isLocked = Promise.promise();
        Future<Void> holder = postgres.platformDb()
                .inTransaction(transaction -> transaction
                        .query("LOCK TABLE api_key, api_key_text IN ACCESS EXCLUSIVE MODE")
                        .execute()
                        .<Void>mapEmpty()
                        .onComplete(isLocked)
                        .compose(_ -> isOver.future()));
        Answers.of(isLocked.future());

        Problem late =
                Answers.problemSoon(postgres.credentialDb(Duration.ofMillis(50)).credential("ak_live_abcd"));

        assertThat(late).isInstanceOf(Problem.Unavailable.class);
        isOver.complete();
        Answers.of(holder);
    }

    private static Transactions overOneConnection(PostgresConfig of) {
        return new Transactions(
                new StoreLoop(vertx, vertx.getOrCreateContext()),
                new PostgresConnections(vertx, of).pool(PostgresRole.APP, 1),
                of.patience());
    }

    private static PostgresConfig narrow() {
        return new PostgresConfig(
                config.mode(),
                config.host(),
                config.port(),
                config.database(),
                config.passwords(),
                1,
                1,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));
    }

    @Test
    void aCredentialIsFoundByItsPrefix() {
        OffsetDateTime end = OffsetDateTime.parse("2030-01-02T03:04:05Z");
        Answers.of(postgres.platformDb()
                .inTransaction(transaction -> transaction
                        .preparedQuery("INSERT INTO api_key (id, tenant_id, name, scopes, datasets, expires_at)"
                                + " VALUES ('key_1', 'ten_a', 'k', $1, '{edits}', $2)")
                        .execute(Tuple.of(new String[] {"analytics:read"}, end))
                        .compose(_ -> transaction
                                .preparedQuery("INSERT INTO api_key_text (prefix, key_id, tenant_id, hash)"
                                        + " VALUES ('ak_live_abcd', 'key_1', 'ten_a', $1)")
                                .execute(Tuple.of(Buffer.buffer(new byte[32]))))
                        .<Void>mapEmpty()));

        assertThat(Answers.of(postgres.credentialDb(PATIENCE).credential("ak_live_abcd")))
                .contains(new Credential(
                        "key_1",
                        A,
                        true,
                        new Credential.Text(Buffer.buffer(new byte[32]), null),
                        new Credential.Limits(Set.of("analytics:read"), List.of(), List.of("edits"), null),
                        Instant.parse("2030-01-02T03:04:05Z"),
                        null));
        assertThat(Answers.of(postgres.credentialDb(PATIENCE).credential("ak_live_none")))
                .isEmpty();
    }

    @Test
    void itAnswersAPing() {
        assertThat(Answers.of(postgres.ping().map("answered"))).isEqualTo("answered");
    }

    private static Future<Void> addDataset(SqlConnection transaction, TenantId tenant, String name) {
        return transaction
                .preparedQuery("INSERT INTO dataset (tenant_id, name, model) VALUES ($1, $2, '{}')")
                .execute(Tuple.of(tenant.value(), name))
                .mapEmpty();
    }

    private static Future<String> tenant(SqlConnection transaction) {
        return transaction
                .query("SELECT current_setting('sextant.tenant', true)")
                .execute()
                .map(rows -> rows.iterator().next().getString(0));
    }

    private static Future<Long> countMine(SqlConnection transaction) {
        return count(transaction, "mine");
    }

    private static Future<Long> count(SqlConnection transaction, String name) {
        return transaction
                .preparedQuery("SELECT count(*) FROM dataset WHERE name = $1")
                .execute(Tuple.of(name))
                .map(rows -> rows.iterator().next().getLong(0));
    }
}
