package dev.sextant.launch;

import dev.sextant.analytics.olap.OlapFeature;
import dev.sextant.analytics.saved.SavedFeature;
import dev.sextant.analytics.sql.SqlFeature;
import dev.sextant.audit.AuditFeature;
import dev.sextant.authz.AuthzFeature;
import dev.sextant.authz.policy.KnownRules;
import dev.sextant.backup.BackupFeature;
import dev.sextant.backup.ServerSecrets;
import dev.sextant.bus.Bus;
import dev.sextant.cluster.ClusterFeature;
import dev.sextant.cluster.Nodes;
import dev.sextant.cluster.Self;
import dev.sextant.datasets.DatasetCatalog;
import dev.sextant.datasets.DatasetsFeature;
import dev.sextant.edge.defence.Bans;
import dev.sextant.edge.defence.GuardedAuthenticator;
import dev.sextant.engine.OlapEngine;
import dev.sextant.feature.Feature;
import dev.sextant.health.HealthCheck;
import dev.sextant.health.HealthFeature;
import dev.sextant.health.Readiness;
import dev.sextant.http.Authenticator;
import dev.sextant.http.Entrance;
import dev.sextant.idempotency.IdempotencyFeature;
import dev.sextant.identity.IdentityFeature;
import dev.sextant.identity.IdentitySecrets;
import dev.sextant.identity.token.Seal;
import dev.sextant.ingest.IngestFeature;
import dev.sextant.limits.LimitsFeature;
import dev.sextant.live.LiveFeature;
import dev.sextant.live.Owners;
import dev.sextant.operations.OperationsFeature;
import dev.sextant.push.PushFeature;
import dev.sextant.query.cache.DataVersions;
import dev.sextant.query.cache.LastAnswers;
import dev.sextant.query.cache.PieceCache;
import dev.sextant.query.cache.ResultCache;
import dev.sextant.query.cache.SharedResults;
import dev.sextant.query.compile.Cursors;
import dev.sextant.query.compile.QueryCompiler;
import dev.sextant.query.log.LoggedQueries;
import dev.sextant.query.log.QueryLog;
import dev.sextant.query.log.QueryLogFeature;
import dev.sextant.query.run.Admission;
import dev.sextant.query.run.PreparedQueries;
import dev.sextant.query.run.QueriesOnTerms;
import dev.sextant.query.run.QueryFeature;
import dev.sextant.query.run.QueryRunner;
import dev.sextant.query.run.QueryService;
import dev.sextant.query.run.SqlService;
import dev.sextant.query.stream.QueryStreams;
import dev.sextant.query.stream.StreamFeature;
import dev.sextant.rollups.RollupsFeature;
import dev.sextant.rollups.advice.AdviceFeature;
import dev.sextant.scaling.ScalingFeature;
import dev.sextant.security.SecurityFeature;
import dev.sextant.store.KeyBounds;
import dev.sextant.store.Postgres;
import dev.sextant.store.RedisStore;
import dev.sextant.store.Vault;
import dev.sextant.telemetry.Telemetry;
import dev.sextant.tenants.TenantsFeature;
import dev.sextant.usage.UsageFeature;
import io.vertx.core.Future;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** All rooms of the house, put together: the one place that knows which room needs what. */
public final class Rooms {

    /**
     * What the rooms stand on.
     *
     * @param versions hears of the engine's commits
     * @param journal the folder for what this node has to put on record
     * @param self the node that this is
     */
    public record Ground(
            Bus bus,
            Postgres postgres,
            RedisStore redis,
            OlapEngine engine,
            DataVersions versions,
            Telemetry telemetry,
            Path journal,
            InstantSource clock,
            Self self) {}

    private final List<Feature> features;
    private final Entrance entrance;
    private final Bans bans;
    private final IdentityFeature identity;
    private final ClusterFeature cluster;
    private final OperationsFeature operations;
    private final Readiness readiness = new Readiness();

    public Rooms(Ground ground, SextantConfig config, IdentitySecrets secrets) {
        this.cluster = new ClusterFeature(ground.bus(), ground.postgres(), ground.self(), Owners.leases());
        Nodes nodes = cluster.nodes();
        KnownRules rules = new KnownRules();
        DatasetCatalog catalog = new DatasetCatalog(
                ground.postgres().tenantDb(), ground.postgres().changeFeed(), rules, config.datasets());
        QueryCompiler compiler = new QueryCompiler(
                new Cursors(secrets.master()),
                config.query().shapesMax(),
                ground.engine().dialect());
        QueryRunner runner = runner(ground, config, compiler);
        Admission admission = new Admission(config.query().admission());
        QueryLog log = new QueryLog(config.shapes());
        LoggedQueries logged = new LoggedQueries(log, ground.postgres().tenantDb(), config.shapes(), ground.clock());
        QueryService queries = queries(ground, catalog, config, runner, log);
        QueryStreams streams = new QueryStreams(catalog, compiler, ground.engine(), config.streams(), ground.clock());
        this.identity = new IdentityFeature(
                ground.bus(),
                new IdentityFeature.Stores(ground.postgres(), ground.redis()),
                config.identity(),
                secrets,
                ground.clock());
        this.bans = new Bans(config.edge().bans(), ground.clock());
        bans.measure(ground.telemetry());
        Authenticator authenticator = new GuardedAuthenticator(
                identity.authenticator(), bans, config.edge().trusted());
        LimitsFeature limits = new LimitsFeature(
                ground.bus(),
                new LimitsFeature.Stores(ground.postgres(), ground.redis()),
                config.limits(),
                nodes::serving,
                ground.clock());
        IdempotencyFeature idempotency = new IdempotencyFeature(
                ground.postgres(), new Vault(secrets.master()), config.idempotency(), ground.clock());
        ScalingFeature scaling = new ScalingFeature(
                ground.bus(),
                ground.postgres(),
                new ScalingFeature.Means(
                        ground.engine(), config.push().sockets().perTenantMax(), nodes::serving),
                config.scaling(),
                ground.clock());
        SecurityFeature security = new SecurityFeature(
                new SecurityFeature.Ground(
                        ground.bus(),
                        ground.postgres(),
                        ground.redis(),
                        new Seal(secrets.master(), "sextant message keys v1"),
                        ground.clock()),
                identity.messageSigner(),
                config.messages());
        identity.publishAlso(security::publishedKeys);
        AuditFeature audit = new AuditFeature(
                new AuditFeature.Ground(
                        ground.bus(), ground.postgres(), identity.statements(), ground.journal(), ground.clock()),
                config.audit());
        ground.telemetry()
                .gauge(
                        "sextant.audit.journal.fullness",
                        "The share of its room that the journal takes; when it is full, operations are refused",
                        audit::journalFullness);
        this.entrance = new Entrance(
                authenticator,
                List.of(limits.guard(), idempotency.guard()),
                audit.trail(),
                security.origins(),
                security.messages());
        PushFeature.Node node = new PushFeature.Node(
                ground.self().name(),
                VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE,
                ground.telemetry(),
                ground.clock(),
                tenant -> Math.min(limits.socketsMax(tenant), scaling.socketsMax(tenant)));
        PushFeature push = new PushFeature(ground.bus(), authenticator, security.messages(), node, config.push());
        this.operations = new OperationsFeature(
                ground.bus(), ground.postgres(), config.operations(), nodes::worksInBackground, ground.clock());
        nodes.onDraining(out -> {
            readiness.takeOut(out);
            ground.postgres().jobs().rest(out);
            push.moveAll(config.node().farewell(), nodes::isDraining);
        });
        this.features = List.of(
                new HealthFeature(ground.bus(), checks(config.cluster().enabled(), ground, limits), readiness),
                cluster,
                identity,
                new AuthzFeature(
                        ground.bus(),
                        new AuthzFeature.Ground(
                                ground.postgres().tenantDb(),
                                new KeyBounds(ground.postgres().platformDb()),
                                catalog,
                                rules),
                        config.authz()),
                limits,
                idempotency,
                scaling,
                security,
                audit,
                new UsageFeature(ground.bus(), ground.postgres().tenantDb(), ground.clock()),
                new TenantsFeature(ground.bus(), ground.postgres(), ground.engine(), config.tenants(), ground.clock()),
                new DatasetsFeature(
                        ground.bus(), ground.postgres().tenantDb(), ground.engine(), catalog, config.datasets()),
                new IngestFeature(
                        ground.bus(),
                        new IngestFeature.Ground(catalog, ground.engine(), compiler),
                        config.ingest(),
                        ground.clock()),
                new RollupsFeature(ground.bus(), ground.postgres().tenantDb(), ground.engine(), catalog, compiler),
                new AdviceFeature(
                        ground.bus(),
                        new AdviceFeature.Ground(catalog, ground.engine(), compiler, logged),
                        ground.clock()),
                new QueryLogFeature(logged, config.shapes()),
                new QueryFeature(ground.bus(), queries, new QueriesOnTerms(queries, runner), config.query()),
                operations,
                new BackupFeature(
                        new BackupFeature.Ground(
                                ground.bus(),
                                ground.postgres(),
                                ground.engine(),
                                ground.journal(),
                                new ServerSecrets(
                                        secrets.master(),
                                        secrets.platformKey(),
                                        ground.journal().resolveSibling(""))),
                        config.backup(),
                        ground.clock()),
                new SavedFeature(
                        ground.bus(),
                        new SavedFeature.Ground(ground.postgres().tenantDb(), catalog, rules),
                        config.saved(),
                        ground.clock()),
                new StreamFeature(ground.bus(), streams, config.streams()),
                new OlapFeature(ground.bus(), catalog, queries, admission, ground.clock()),
                new SqlFeature(
                        ground.bus(),
                        admission,
                        new SqlService(catalog, ground.engine(), ground.versions(), config.query()),
                        ground.clock()),
                new LiveFeature(
                        new LiveFeature.Ground(
                                ground.bus(),
                                catalog,
                                queries,
                                ground.versions(),
                                config.cluster().enabled() ? new LiveOwners(nodes) : Owners.ALONE),
                        config.live(),
                        ground.clock()),
                push);
    }

    public List<Feature> features() {
        return features;
    }

    /** What callers pass before an operation. */
    public Entrance entrance() {
        return entrance;
    }

    /** Who is refused before anything else. */
    public Bans bans() {
        return bans;
    }

    /** Tells where the server listens; before the first caller. */
    public void listensAt(String baseUrl) {
        identity.listensAt(baseUrl);
        cluster.listensAt(baseUrl);
    }

    /** This node goes: the others may have what it does for all. */
    public Future<Void> leave() {
        return Future.join(cluster.leave(), operations.leave()).mapEmpty();
    }

    public Readiness readiness() {
        return readiness;
    }

    private static QueryRunner runner(Ground ground, SextantConfig config, QueryCompiler compiler) {
        PieceCache pieces = new PieceCache(config.query().pieces().bytesMax());
        measure(ground.telemetry(), pieces);
        return new QueryRunner(compiler, ground.engine(), pieces, config.query());
    }

    private static QueryService queries(
            Ground ground, DatasetCatalog catalog, SextantConfig config, QueryRunner runner, QueryLog log) {
        ResultCache cache = new ResultCache(config.query().cacheBytesMax());
        measure(ground.telemetry(), cache);
        return new QueryService(
                catalog,
                new PreparedQueries(config.query().preparedBytesMax()),
                runner,
                new QueryService.Stores(
                        cache,
                        new SharedResults(ground.redis(), config.query().shared()),
                        new LastAnswers(cache, config.query().lasts())),
                ground.versions(),
                log,
                ground.clock());
    }

    private static void measure(Telemetry telemetry, ResultCache cache) {
        telemetry.gauge("sextant.query.cache.hit.ratio", "The share of lookups that found an answer", cache::hitRate);
        telemetry.gauge("sextant.query.cache.hits", "Lookups that found an answer", cache::hits);
        telemetry.gauge("sextant.query.cache.misses", "Lookups that found none", cache::misses);
        telemetry.gauge("sextant.query.cache.evictions", "Answers that had to go for want of room", cache::evictions);
        telemetry.gauge("sextant.query.cache.bytes", "What answers take, roughly", cache::weight);
    }

    private static void measure(Telemetry telemetry, PieceCache pieces) {
        telemetry.gauge("sextant.query.pieces.hits", "Lookups that found a piece of an answer", pieces::hits);
        telemetry.gauge("sextant.query.pieces.misses", "Lookups that found none", pieces::misses);
        telemetry.gauge("sextant.query.pieces.evictions", "Pieces that had to go for want of room", pieces::evictions);
        telemetry.gauge("sextant.query.pieces.bytes", "What pieces take, roughly", pieces::weight);
    }

    private static List<HealthCheck> checks(boolean isClustered, Ground ground, LimitsFeature limits) {
        BiFunction<String, Supplier<Future<Void>>, HealthCheck> needed =
                isClustered ? HealthCheck::shared : HealthCheck::own;
        return List.of(
                needed.apply("postgres", ground.postgres()::ping),
                HealthCheck.useful("redis", ground.redis()::ping),
                needed.apply("engine", ground.engine()::health),
                HealthCheck.useful("limits", limits::health));
    }
}
