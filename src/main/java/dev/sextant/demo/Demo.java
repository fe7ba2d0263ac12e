package dev.sextant.demo;

import dev.sextant.bus.Bus;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.Secret;
import dev.sextant.kernel.TenantId;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door of the demo: two tenants with data, and events that keep arriving. To be started when the other rooms answer,
 * and stopped before they do no more.
 *
 * <p>It may be started again and again over the same data: it loads what is missing, and nothing twice.
 */
public final class Demo {

    private static final Logger LOG = LoggerFactory.getLogger(Demo.class);

    private static final int ATTEMPTS_MAX = 5;
    private static final int PAUSE_SECONDS = 2;

    private final Vertx vertx;
    private final DemoClient client;
    private final Function<String, Secret> keys;
    private final DemoConfig config;
    private final InstantSource clock;
    private final Queue<String> deployments = new ConcurrentLinkedQueue<>();

    /** @param keys the text of the API key of the tenant of that name: for the same data always the same */
    public Demo(Vertx vertx, Bus bus, Function<String, Secret> keys, DemoConfig config, InstantSource clock) {
        this.vertx = vertx;
        this.client = new DemoClient(bus);
        this.keys = keys;
        this.config = config;
        this.clock = clock;
    }

    /** Done when tenants, keys and data are there; then, unless it is switched off, the replay goes on by itself. */
    public Future<List<DemoTenant>> start() {
        return Future.all(
                        open(new EditsExhibit(config), ATTEMPTS_MAX),
                        open(new ShopExhibit(config.shop()), ATTEMPTS_MAX))
                .map(opened -> opened.list());
    }

    /** Done when nothing more arrives. */
    public Future<Void> stop() {
        List<Future<Void>> ends = deployments.stream().map(vertx::undeploy).toList();
        deployments.clear();
        return Future.join(ends).mapEmpty();
    }

    /** What it asks for may be away for a moment: the next attempt goes on where this one ended. */
    private Future<DemoTenant> open(Exhibit exhibit, int attempts) {
        return open(exhibit)
                .recover(failure -> attempts > 1 && isPassing(failure)
                        ? vertx.timer(PAUSE_SECONDS, TimeUnit.SECONDS).compose(_ -> open(exhibit, attempts - 1))
                        : Future.failedFuture(failure));
    }

    private static boolean isPassing(Throwable failure) {
        return failure instanceof ProblemException known
                && switch (known.problem()) {
                    case Problem.Unavailable _, Problem.Overloaded _, Problem.DeadlineExceeded _ -> true;
                    default -> false;
                };
    }

    private Future<DemoTenant> open(Exhibit exhibit) {
        return client.tenant(exhibit.tenantName())
                .map(tenant -> new DemoTenant(tenant.id(), tenant.name(), keys.apply(tenant.name())))
                .compose(tenant -> client.key(new TenantId(tenant.id()), tenant.apiKey())
                        .compose(_ -> fill(exhibit, new TenantId(tenant.id())))
                        .map(tenant));
    }

    private Future<Void> fill(Exhibit exhibit, TenantId tenant) {
        Target target = new Target(tenant, exhibit.dataset().name());
        return load(exhibit, target).compose(_ -> config.replay() ? replay(exhibit, target) : Future.succeededFuture());
    }

    private Future<Void> load(Exhibit exhibit, Target target) {
        long startedNanos = System.nanoTime();
        return client.dataset(target.tenant(), exhibit.dataset())
                .compose(present -> vertx.executeBlocking(() -> exhibit.missing(present)))
                .compose(missing -> new HistoryLoader(vertx, client).load(target, missing))
                .onSuccess(loaded -> LOG.info(
                        "Demo data for tenant[{}]: {} events loaded, elapsed_ms[{}]",
                        exhibit.tenantName(),
                        loaded,
                        (System.nanoTime() - startedNanos) / 1_000_000))
                .mapEmpty();
    }

    private Future<Void> replay(Exhibit exhibit, Target target) {
        return client.dataset(target.tenant(), exhibit.dataset())
                .compose(present -> vertx.executeBlocking(() -> exhibit.feed(present, clock.instant())))
                .map(feed -> new ReplayWorker(client, target, feed, config.replayEvery(), clock))
                .compose(worker ->
                        vertx.deployVerticle(worker, new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER)))
                .onSuccess(deployments::add)
                .mapEmpty();
    }
}
