package dev.sextant.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.MovableClock;
import dev.sextant.Origins;
import dev.sextant.TestServers;
import dev.sextant.bus.Bus;
import dev.sextant.cluster.Self;
import dev.sextant.datasets.DatasetAddresses;
import dev.sextant.datasets.DatasetReport;
import dev.sextant.datasets.GetDataset;
import dev.sextant.engine.OlapEngine;
import dev.sextant.engine.duckdb.DuckDbConfig;
import dev.sextant.engine.duckdb.DuckDbEngine;
import dev.sextant.feature.WorkerSpec;
import dev.sextant.http.Authenticator;
import dev.sextant.identity.IdentitySecrets;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Json;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Policy;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Reach;
import dev.sextant.kernel.Secret;
import dev.sextant.kernel.TenantId;
import dev.sextant.launch.Rooms;
import dev.sextant.launch.SextantConfig;
import dev.sextant.query.cache.CachedResult;
import dev.sextant.query.cache.DataVersions;
import dev.sextant.query.run.AskQuery;
import dev.sextant.query.run.QueryAddresses;
import dev.sextant.store.Postgres;
import dev.sextant.store.PostgresConfig;
import dev.sextant.store.RedisStore;
import dev.sextant.telemetry.Telemetry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All rooms over a folder and a database, without the edge: as often as a test likes over the same ones. */
final class DemoHouse implements AutoCloseable {

    final MovableClock clock = new MovableClock();
    final Vertx vertx = Vertx.vertx();
    final Bus bus = new Bus(vertx, Bus.Wire.WHERE_NEEDED);
    final Authenticator authenticator;
    private final Telemetry telemetry = new Telemetry();
    private final OlapEngine engine;
    private final Postgres postgres;
    private final RedisStore redis;

    DemoHouse(Path folder, PostgresConfig database) {
        DataVersions versions = new DataVersions();
        engine = DuckDbEngine.start(DuckDbConfig.DEFAULT.in(folder), clock, versions);
        postgres = Postgres.open(vertx, database, clock).await();
        redis = RedisStore.open(vertx, TestServers.redis());
        Rooms rooms = new Rooms(
                new Rooms.Ground(
                        bus,
                        postgres,
                        redis,
                        engine,
                        versions,
                        telemetry,
                        folder.resolve("journal"),
                        clock,
                        Self.alone("demo")),
                SextantConfig.DEFAULT,
                new IdentitySecrets(TestServers.masterKey(), IdentitySecrets.makePlatformKey()));
        authenticator = rooms.entrance().authenticator();
        rooms.features().stream().flatMap(feature -> feature.workers().stream()).forEach(this::deploy);
    }

    private void deploy(WorkerSpec spec) {
        vertx.deployVerticle(
                        spec.make(),
                        new DeploymentOptions()
                                .setThreadingModel(spec.threads())
                                .setInstances(spec.instances()))
                .await();
    }

    DatasetReport dataset(DemoTenant tenant, String name) {
        return bus.askHere(DatasetAddresses.GET, new GetDataset(name), origin(tenant))
                .await();
    }

    /** The rows of the answer. */
    List<List<@Nullable Object>> ask(DemoTenant tenant, String query) throws IOException {
        return asked(tenant, query).table().rows();
    }

    /** The answer as callers see it, but for its envelope. */
    JsonNode answer(DemoTenant tenant, String query) throws IOException {
        return Json.tree(
                asked(tenant, query).json().copy().appendByte((byte) '}').getBytes());
    }

    private CachedResult asked(DemoTenant tenant, String query) throws IOException {
        AskQuery question = new AskQuery(
                Json.tree(query.getBytes(StandardCharsets.UTF_8)),
                Promise.<Void>promise().future());
        return bus.askHere(QueryAddresses.ASK, question, origin(tenant)).await().result();
    }

    private static Origin origin(DemoTenant tenant) {
        Origin any = Origins.of("a", Duration.ofSeconds(20));
        Principal owner =
                new Principal(new TenantId(tenant.id()), "key_1", Set.of("analytics:read"), Reach.ALL, Policy.SEES_ALL);
        return new Origin(owner, any.trace(), Deadline.in(Duration.ofSeconds(20)));
    }

    static Secret newKey() {
        return IdentitySecrets.makePlatformKey();
    }

    @Override
    public void close() {
        redis.close().await();
        postgres.close().await();
        vertx.close().await();
        engine.close();
        telemetry.close();
    }
}
