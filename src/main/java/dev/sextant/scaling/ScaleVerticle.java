package dev.sextant.scaling;

import dev.sextant.bus.Bus;
import dev.sextant.kernel.Ids;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import dev.sextant.operations.OperationLedger;
import dev.sextant.store.ChangeFeed;
import dev.sextant.store.PlatformDb;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes tenants' parts, and has the ones in force on this node follow. */
final class ScaleVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(ScaleVerticle.class);
    private static final long PASS_MILLIS = 1_000;

    /** So long after a node has heard of a change, all have. */
    private static final long SPREADS_FOR_MILLIS = 1_000;

    /**
     * What it talks to.
     *
     * @param nodes how many answer callers
     */
    record Talks(Bus bus, PlatformDb db, ChangeFeed feed, IntSupplier nodes) {}

    private final Bus bus;
    private final PlatformDb db;
    private final ChangeFeed feed;
    private final IntSupplier nodes;
    private final Parts parts;
    private final Capacities capacities;
    private final InstantSource clock;

    ScaleVerticle(Talks talks, Parts parts, Capacities capacities, InstantSource clock) {
        this.bus = talks.bus();
        this.db = talks.db();
        this.feed = talks.feed();
        this.nodes = talks.nodes();
        this.parts = parts;
        this.capacities = capacities;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        feed.onChange((tenant, subject) -> {
            if (subject.startsWith(ScaleStore.SUBJECT)) {
                context.runOnContext(_ -> follow(tenant));
            }
        });
        feed.onGap(() -> context.runOnContext(_ -> readAll()));
        vertx.setPeriodic(PASS_MILLIS, _ -> parts.pass(clock.instant()));
        return readAll()
                .compose(_ -> Future.all(
                        bus.answer(ScalingAddresses.SCALE, this::scale),
                        bus.answer(ScalingAddresses.ROLL_BACK, this::rollBack)));
    }

    private Future<Void> readAll() {
        return db.inTransaction(ScaleStore::all)
                .onSuccess(this::put)
                .onFailure(failure -> LOG.warn("The parts of tenants could not be read", failure))
                .mapEmpty();
    }

    private void put(Map<TenantId, Scaled> all) {
        all.forEach((tenant, scaled) -> parts.put(tenant, Optional.of(scaled), clock.instant()));
        finishSoon(all.values().stream().map(Scaled::operationId).toList());
    }

    /** Each node does so for each change, so that it ends whichever of them are left; the first one counts. */
    private void finishSoon(List<String> operations) {
        if (!operations.isEmpty()) {
            vertx.setTimer(SPREADS_FOR_MILLIS, _ -> finish(operations));
        }
    }

    private void finish(List<String> operations) {
        db.inTransaction(transaction -> OperationLedger.finishScales(transaction, operations, now()))
                .onFailure(failure -> {
                    LOG.warn("Changes of scale could not be told as done, will try again", failure);
                    finishSoon(operations);
                });
    }

    private void follow(TenantId tenant) {
        db.inTransaction(transaction -> ScaleStore.find(transaction, tenant))
                .onSuccess(found -> {
                    parts.put(tenant, found, clock.instant());
                    finishSoon(found.map(Scaled::operationId).stream().toList());
                })
                .onFailure(failure -> {
                    LOG.warn("The part of tenant[{}] could not be read, will try again", tenant, failure);
                    vertx.setTimer(PASS_MILLIS, _ -> follow(tenant));
                });
    }

    private Future<ScaleReport> scale(ScaleTenant question, Origin origin) {
        TenantId tenant = new TenantId(question.tenantId());
        if (question.dryRun()) {
            return db.inTransaction(
                    transaction -> present(transaction, tenant).map(present -> planned(present, question)));
        }
        return db.once(
                origin,
                ScaleReport.class,
                transaction -> present(transaction, tenant)
                        .compose(present -> settled(transaction, present))
                        .compose(present -> write(transaction, tenant, scaled(present, question), origin)));
    }

    private Future<ScaleReport> rollBack(RollBackScale question, Origin origin) {
        return db.once(
                origin,
                ScaleReport.class,
                transaction -> ScaleStore.tenantOf(transaction, question.operationId())
                        .map(found -> found.orElseThrow(ScaleVerticle::nothingToRollBack))
                        .compose(tenant -> present(transaction, tenant)
                                .compose(present -> settled(transaction, present))
                                .map(present -> backFrom(present.orElseThrow(ScaleVerticle::nothingToRollBack)))
                                .compose(scaled -> write(transaction, tenant, scaled, origin))));
    }

    /** Fails with {@code ScaleInProgress} while the last change is not in force everywhere. */
    private static Future<Optional<Scaled>> settled(SqlConnection transaction, Optional<Scaled> present) {
        return present.isEmpty()
                ? Future.succeededFuture(present)
                : OperationLedger.isRunning(transaction, present.get().operationId())
                        .compose(isRunning -> isRunning
                                ? ProblemException.failed(
                                        new Problem.ScaleInProgress(
                                                "The last change of this tenant's part is not in force on every node yet; wait a second."))
                                : Future.succeededFuture(present));
    }

    private Future<Optional<Scaled>> present(SqlConnection transaction, TenantId tenant) {
        return ScaleStore.holdTenant(transaction, tenant)
                .compose(isThere -> isThere
                        ? ScaleStore.find(transaction, tenant)
                        : ProblemException.failed(new Problem.NotFound("There is no active tenant of this id.")));
    }

    private Target inForce(Optional<Scaled> present) {
        return present.map(scaled -> scaled.inForce(clock.instant())).orElse(Target.USUAL);
    }

    private ScaleReport planned(Optional<Scaled> present, ScaleTenant question) {
        Target before = inForce(present);
        Target wanted = question.target().over(before);
        return new ScaleReport(
                null,
                "planned",
                ScalePlan.of(before, wanted, capacities, nodes.getAsInt()),
                wanted,
                before,
                null,
                until(question));
    }

    private @Nullable Instant until(ScaleTenant question) {
        return question.ttl() == null ? null : now().plus(question.ttl());
    }

    private Scaled scaled(Optional<Scaled> present, ScaleTenant question) {
        Target before = inForce(present);
        return new Scaled(
                question.target().over(before),
                present.map(Scaled::version).orElse(0) + 1,
                Ids.make("op"),
                before,
                until(question),
                question.reason(),
                now());
    }

    private Scaled backFrom(Scaled last) {
        return new Scaled(
                last.before(),
                last.version() + 1,
                Ids.make("op"),
                last.inForce(clock.instant()),
                null,
                "rolls back " + last.operationId(),
                now());
    }

    private Future<ScaleReport> write(SqlConnection transaction, TenantId tenant, Scaled scaled, Origin origin) {
        ScaleReport report = new ScaleReport(
                scaled.operationId(),
                "running",
                ScalePlan.of(scaled.before(), scaled.target(), capacities, nodes.getAsInt()),
                scaled.target(),
                scaled.before(),
                "/api/v2/operations/" + scaled.operationId() + "/rollback",
                scaled.until());
        return OperationLedger.beginScale(
                        transaction, scaled.operationId(), origin.principal().at(tenant), scaled.updatedAt())
                .compose(_ -> ScaleStore.write(
                        transaction, tenant, scaled, origin.principal().actor()))
                .map(report);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static ProblemException nothingToRollBack() {
        return new ProblemException(new Problem.NotFound(
                "There is no such operation that can be rolled back; only a tenant's last change of scale can."));
    }
}
