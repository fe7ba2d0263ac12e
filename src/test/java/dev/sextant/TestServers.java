package dev.sextant;

import dev.sextant.kernel.Secret;
import dev.sextant.launch.children.Children;
import dev.sextant.launch.children.DataFolder;
import dev.sextant.launch.children.PostgresServer;
import dev.sextant.launch.children.RedisServer;
import dev.sextant.launch.children.Superuser;
import dev.sextant.launch.children.TestFolders;
import dev.sextant.store.Postgres;
import dev.sextant.store.PostgresConfig;
import dev.sextant.store.PostgresConfig.Passwords;
import dev.sextant.store.RedisConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL and a real Redis for tests, started once for each test JVM, when first asked for, and ended with it.
 *
 * <p>Ask for {@link #freshPostgres} in {@code @BeforeAll}: every test class works in a database of its own. Redis is
 * shared; tests keep apart by using tenants of their own.
 */
public final class TestServers {

    /** Started when first used, by the class loader's rules, so by one thread. */
    private static final class Running {

        static final TestServers SERVERS = new TestServers();
    }

    private final DataFolder folder;
    private final Children children;
    private final PostgresServer postgres;
    private final RedisServer redis;
    private final AtomicInteger databases = new AtomicInteger();

    private TestServers() {
        Path path = TestFolders.make();
        folder = DataFolder.open(path);
        children = Children.open(folder);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            children.close();
            folder.close();
            TestFolders.delete(path);
        }));
        postgres = children.startPostgres();
        redis = children.startRedis();
        migrate(config("sextant"));
    }

    /** A database of its own, migrated, without rows but those that the migrations bring; takes about 50 ms. */
    public static PostgresConfig freshPostgres() {
        TestServers servers = Running.SERVERS;
        String name = "test_" + servers.databases.incrementAndGet();
        servers.asSuperuser("CREATE DATABASE " + name + " TEMPLATE sextant OWNER sextant_owner");
        return servers.config(name);
    }

    public static RedisConfig redis() {
        RedisServer redis = Running.SERVERS.redis;
        return RedisConfig.DEFAULT.at(redis.host(), redis.port(), redis.password());
    }

    /** For the rooms that seal what they store. */
    public static Secret masterKey() {
        return Running.SERVERS.folder.masterKey();
    }

    /** Runs statements past all row-level security. */
    public static void asSuperuser(PostgresConfig database, String sql) {
        Superuser.execute(Running.SERVERS.folder, database.port(), database.database(), sql);
    }

    /** All that a database holds, past all row-level security; bytes stand there as hexadecimal numbers. */
    public static String dump(PostgresConfig database) {
        return Superuser.dump(Running.SERVERS.folder, database.port(), database.database());
    }

    private void asSuperuser(String sql) {
        Superuser.execute(folder, postgres.port(), "postgres", sql);
    }

    private PostgresConfig config(String database) {
        Passwords passwords = new Passwords(postgres.owner(), postgres.app(), postgres.auth(), postgres.platform());
        return PostgresConfig.DEFAULT.at(postgres.host(), postgres.port(), database, passwords);
    }

    /** And leaves no connection behind: a database is a template only while nobody uses it. */
    private static void migrate(PostgresConfig config) {
        Vertx vertx = Vertx.vertx();
        try {
            await(Postgres.open(vertx, config, InstantSource.system()).compose(Postgres::close));
        } finally {
            await(vertx.close());
        }
    }

    private static void await(Future<?> future) {
        future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }
}
