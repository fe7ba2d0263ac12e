package dev.sextant.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** The door to PostgreSQL: an up-to-date schema, and a handle for each role. */
public final class Postgres {

    private static final int PLATFORM_CONNECTIONS_MAX = 4;
    private static final int AUTH_CONNECTIONS_MAX = 4;
    private static final long PING_MILLIS_MAX = 1000;
    private static final Duration TRIM_EVERY = Duration.ofHours(1);

    private final Vertx vertx;
    private final PostgresConfig config;
    private final Pool app;
    private final Pool platform;
    private final Pool auth;
    private final ChangeFeed changeFeed = new ChangeFeed();
    private final Jobs jobs;

    private final Vertx feedVertx;
    private final Once once;

    private Postgres(PostgresConnections connections, Vertx feedVertx, InstantSource clock, Vault vault) {
        this.once = new Once(vault);
        this.vertx = connections.vertx();
        this.feedVertx = feedVertx;
        this.config = connections.config();
        this.app = connections.pool(PostgresRole.APP, config.connectionsMax());
        this.platform = connections.pool(PostgresRole.PLATFORM, PLATFORM_CONNECTIONS_MAX);
        this.auth = connections.pool(PostgresRole.AUTH, AUTH_CONNECTIONS_MAX);
        this.jobs = new Jobs(connections, clock);
        jobs.every("store.trim_changes", TRIM_EVERY, this::trimChanges);
    }

    /** With a vault that is of no use to another process. */
    public static Future<Postgres> open(Vertx vertx, PostgresConfig config, InstantSource clock) {
        return open(vertx, config, clock, Vault.ofThisProcess());
    }

    /**
     * Migrates the schema, then opens everything but {@link #jobs}, which are started when all are known.
     *
     * @param vault closes what is kept of answers
     */
    public static Future<Postgres> open(Vertx vertx, PostgresConfig config, InstantSource clock, Vault vault) {
        PostgresConnections connections = new PostgresConnections(vertx, config);
        Vertx feedVertx = feedVertx();
        return vertx.executeBlocking(() -> {
                    Schema.migrate(connections);
                    return new Postgres(connections, feedVertx, clock, vault);
                })
                .onFailure(_ -> feedVertx.close())
                .compose(postgres -> postgres.feed(connections));
    }

    /** With an event loop for the changes alone: those that serve callers may be too busy to read them in time. */
    private static Vertx feedVertx() {
        return Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
    }

    private Future<Postgres> feed(PostgresConnections connections) {
        return feedVertx
                .deployVerticle(new ChangeFeedVerticle(connections, changeFeed))
                .map(this)
                .recover(failure -> close().transform(_ -> Future.failedFuture(failure)));
    }

    /** A node that was away for longer hears of a gap instead. */
    private Future<Void> trimChanges() {
        return platformDb()
                .inTransaction(transaction -> transaction
                        .query("DELETE FROM change WHERE at < now() - interval '7 days'")
                        .execute()
                        .mapEmpty());
    }

    public TenantDb tenantDb() {
        return new TenantDb(new Transactions(app, config.patience()), once);
    }

    public PlatformDb platformDb() {
        return new PlatformDb(new Transactions(platform, config.patience()), once);
    }

    public CredentialDb credentialDb() {
        return new CredentialDb(auth, config.patience());
    }

    public ChangeFeed changeFeed() {
        return changeFeed;
    }

    public Jobs jobs() {
        return jobs;
    }

    /** Succeeds where PostgreSQL answers, within a second; else fails with {@code Unavailable}. */
    public Future<Void> ping() {
        return platform.query("SELECT 1")
                .execute()
                .timeout(PING_MILLIS_MAX, TimeUnit.MILLISECONDS)
                .recover(PostgresFailure::of)
                .mapEmpty();
    }

    /** Lets running jobs end, for a while, and closes all connections. */
    public Future<Void> close() {
        return vertx.executeBlocking(() -> {
                    jobs.close();
                    return null;
                })
                .compose(_ -> feedVertx.close().otherwiseEmpty())
                .compose(_ -> Future.join(app.close(), platform.close(), auth.close()))
                .mapEmpty();
    }
}
