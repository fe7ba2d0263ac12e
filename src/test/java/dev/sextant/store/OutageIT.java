package dev.sextant.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.kernel.Problem;
import dev.sextant.kernel.TenantId;
import dev.sextant.launch.children.Children;
import dev.sextant.launch.children.DataFolder;
import dev.sextant.launch.children.PostgresServer;
import dev.sextant.launch.children.RedisServer;
import dev.sextant.launch.children.TestFolders;
import dev.sextant.launch.children.TestProcesses;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Servers of its own, which it may kill. */
class OutageIT {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final RedisKey KEY = new RedisKey(TenantId.PLATFORM, "key");

    private final List<String> told = new CopyOnWriteArrayList<>();
    private Path path;
    private DataFolder folder;
    private Children children;
    private Vertx vertx;
    private Postgres postgres;
    private RedisStore redis;

    @BeforeEach
    void open() {
        path = TestFolders.make();
        folder = DataFolder.open(path);
        children = Children.open(folder);
        vertx = Vertx.vertx();
        PostgresServer server = children.startPostgres();
        PostgresConfig config = PostgresConfig.DEFAULT.at(
                server.host(),
                server.port(),
                server.database(),
                new PostgresConfig.Passwords(server.owner(), server.app(), server.auth(), server.platform()));
        postgres = Answers.of(Postgres.open(vertx, config, InstantSource.system()));
        postgres.changeFeed().onChange((_, subject) -> told.add(subject));
        RedisServer cache = children.startRedis();
        redis = RedisStore.open(vertx, RedisConfig.DEFAULT.at(cache.host(), cache.port(), cache.password()));
    }

    @AfterEach
    void close() {
        Answers.of(postgres.close());
        Answers.of(redis.close());
        Answers.of(vertx.close());
        children.close();
        folder.close();
        TestFolders.delete(path);
    }

    @Test
    void handlesRecoverWhenPostgresWasKilled() {
        Answers.of(Future.join(record("before"), postgres.ping()));

        TestProcesses.kill(path, "postgres");

        recovers("during");
    }

    @Test
    void handlesRecoverWhenRedisWasKilled() {
        Answers.of(redis.ping());

        TestProcesses.kill(path, "redis");

        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
            Answers.of(redis.setWithExpiry(KEY, "v", Duration.ofMinutes(1)));
            return Answers.of(redis.take(KEY)).isPresent();
        });
    }

    @Test
    void whileBothAreAwayEveryHandleSaysSoSoonAndTheFeedGrowsStale() {
        Answers.of(record("before"));
        Answers.of(redis.ping());

        children.close();

        for (Future<?> question : List.of(
                record("lost"),
                postgres.platformDb().inTransaction(c -> c.query("SELECT 1").execute()),
                postgres.credentialDb(PATIENCE).credential("ak_live_abcd"),
                postgres.ping())) {
            assertThat(Answers.problemSoon(question))
                    .isEqualTo(new Problem.Unavailable("postgres", "The database cannot be reached"));
        }
        assertThat(Answers.problemSoon(redis.take(KEY))).isInstanceOf(Problem.Unavailable.class);
        await().until(() -> !postgres.changeFeed().fresh());

        children = Children.open(folder);
        children.startPostgres();
        children.startRedis();
        recovers("after");
        Answers.of(redis.ping());
    }

    private void recovers(String subject) {
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
            Answers.of(record(subject));
            return Answers.of(postgres.credentialDb(PATIENCE).credential("ak_live_abcd"))
                    .isEmpty();
        });
        await().atMost(Duration.ofSeconds(30)).until(() -> told.contains(subject));
        await().atMost(Duration.ofSeconds(30)).until(postgres.changeFeed()::fresh);
    }

    private Future<Void> record(String subject) {
        return postgres.platformDb()
                .inTransaction(transaction -> Changes.record(transaction, TenantId.PLATFORM, subject));
    }
}
