package dev.sextant.limits;

import dev.sextant.TestServers;
import dev.sextant.bus.Bus;
import dev.sextant.http.Body;
import dev.sextant.http.Call;
import dev.sextant.http.ClientAddress;
import dev.sextant.http.Guard;
import dev.sextant.http.Params;
import dev.sextant.http.Receiver;
import dev.sextant.http.Reply;
import dev.sextant.http.Target;
import dev.sextant.http.Usage;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Policy;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Reach;
import dev.sextant.kernel.TenantId;
import dev.sextant.kernel.Trace;
import dev.sextant.store.Postgres;
import dev.sextant.store.PostgresConfig;
import dev.sextant.store.RedisStore;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Prints what it costs to pass the guard with real PostgreSQL and Redis behind it, in ns and bytes. Run by hand. */
public final class GuardCost {

    private static final int ROUNDS = 10;
    private static final int CALLS = 500_000;

    private GuardCost() {}

    public static void main(String[] arguments) {
        Vertx vertx = Vertx.vertx();
        PostgresConfig database = TestServers.freshPostgres();
        TestServers.asSuperuser(database, "INSERT INTO tenant (id, name, plan) VALUES ('ten_a', 'a', 'standard')");
        InstantSource clock = InstantSource.system();
        Postgres postgres = await(Postgres.open(vertx, database, clock));
        RedisStore redis = RedisStore.open(vertx, TestServers.redis());
        LimitsFeature limits = new LimitsFeature(
                new Bus(vertx, Bus.Wire.WHERE_NEEDED),
                new LimitsFeature.Stores(postgres, redis),
                LimitsConfig.DEFAULT,
                () -> 1,
                clock);
        await(vertx.deployVerticle(limits.workers().getFirst().make().get()));
        Promise<Void> measured = Promise.promise();
        vertx.runOnContext(_ -> round(limits.guard(), ROUNDS, measured));
        await(measured.future());
        await(redis.close());
        await(postgres.close());
        await(vertx.close());
        System.exit(0);
    }

    /** Another round each time the loop has seen to what else there is, as a server's does. */
    private static void round(Guard guard, int roundsLeft, Promise<Void> measured) {
        if (roundsLeft == 0) {
            measured.complete();
            return;
        }
        Guard.Next next = _ -> Future.succeededFuture(new Reply.NoContent());
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        Call call = call();
        guard.pass(call, next).onComplete(_ -> {
            long bytes = threads.getCurrentThreadAllocatedBytes();
            long begun = System.nanoTime();
            int good = 0;
            for (int i = 0; i < CALLS; i++) {
                good += guard.pass(call, next).succeeded() ? 1 : 0;
            }
            long nanos = System.nanoTime() - begun;
            bytes = threads.getCurrentThreadAllocatedBytes() - bytes;
            System.out.printf("%d ns, %d bytes a call, %d of %d at once%n", nanos / CALLS, bytes / CALLS, good, CALLS);
            Vertx.currentContext().owner().setTimer(200, _ -> round(guard, roundsLeft - 1, measured));
        });
    }

    private static Call call() {
        return new Call(
                new Principal(new TenantId("ten_a"), "key_a", Set.of("analytics:read"), Reach.ALL, Policy.SEES_ALL),
                ClientAddress.UNKNOWN,
                Trace.begin(new Random(1)),
                Deadline.in(Duration.ofMinutes(10)),
                new Target("queryRealtime", "POST", "/", List.of("analytics:read")),
                new Params(Map.of()),
                new Body.Empty(),
                new Receiver("application/json", MultiMap.caseInsensitiveMultiMap(), Future.future(_ -> {}), () -> ""),
                new Usage());
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(120, TimeUnit.SECONDS)
                .join();
    }
}
