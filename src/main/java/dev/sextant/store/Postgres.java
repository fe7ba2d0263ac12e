package dev.sextant.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
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
    /** Has one event loop. */
    private final Vertx ownVertx;

    private final StoreLoop loop;
    private final PostgresConfig config;
    private final PostgresConnections connections;
    private final String schemaVersion;
    private final Pool app;
    private final Pool platform;
    private final Pool auth;
    private final ChangeFeed changeFeed = new ChangeFeed();
    private final Jobs jobs;

    private final Once once;

    private Postgres(
            Vertx vertx, PostgresConnections connections, String schemaVersion, InstantSource clock, Vault vault) {
        this.once = new Once(vault);
        this.connections = connections;
        this.schemaVersion = schemaVersion;
        this.vertx = vertx;
        this.ownVertx = connections.vertx();
        this.loop = new StoreLoop(vertx, ownVertx.getOrCreateContext());
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
        Vertx ownVertx =
                Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
        PostgresConnections connections = new PostgresConnections(ownVertx, config);
        return vertx.executeBlocking(() -> {
                    String schemaVersion = Schema.migrate(config);
                    return new Postgres(vertx, connections, schemaVersion, clock, vault);
                })
                .onFailure(_ -> ownVertx.close())
                .compose(postgres -> postgres.feed(connections));
    }

    private Future<Postgres> feed(PostgresConnections connections) {
        return ownVertx.deployVerticle(new ChangeFeedVerticle(connections, changeFeed))
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
        return new TenantDb(new Transactions(loop, app, config.patience()), once);
    }

    public PlatformDb platformDb() {
        return new PlatformDb(new Transactions(loop, platform, config.patience()), once);
    }

    /**
     * What may be asked before anybody is known.
     *
     * @param patience how long an answer may take
     */
    public CredentialDb credentialDb(Duration patience) {
        return new CredentialDb(loop, auth, patience);
    }

    /** All tables as they are now. Blocks; to be closed. */
    public TableSnapshot tableSnapshot() throws IOException {
        return TableSnapshot.open(connections, schemaVersion);
    }

    public ChangeFeed changeFeed() {
        return changeFeed;
    }

    public Jobs jobs() {
        return jobs;
    }

    /** Succeeds where PostgreSQL answers, within a second; else fails with {@code Unavailable}. */
    public Future<Void> ping() {
        return loop.run(() -> platform.query("SELECT 1")
                .execute()
                .timeout(PING_MILLIS_MAX, TimeUnit.MILLISECONDS)
                .recover(PostgresFailure::of)
                .mapEmpty());
    }

    /** Lets running jobs end, for a while, and closes all connections. */
    public Future<Void> close() {
        return vertx.executeBlocking(() -> {
                    jobs.close();
                    return null;
                })
                .compose(_ -> Future.join(app.close(), platform.close(), auth.close()))
                .compose(_ -> ownVertx.close());
    }
}
