package dev.sextant.limits;

import dev.sextant.bus.Bus;
import dev.sextant.http.EntityTag;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import dev.sextant.limits.LimitsReport.Impact;
import dev.sextant.limits.LimitsReport.Propagated;
import dev.sextant.store.ChangeFeed;
import dev.sextant.store.PlatformDb;
import dev.sextant.store.TenantDb;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tells and changes limits, and sees to it that what the nodes share is kept up to date. */
final class LimitsVerticle extends VerticleBase {

    private static final long REPORT_MILLIS = 100;
    private static final long MOVE_MILLIS = 5;
    private static final long GREET_MILLIS = 1_000;

    /** What it talks to. */
    record Parts(Bus bus, TenantDb db, PlatformDb platformDb, ChangeFeed feed) {}

    private final Bus bus;
    private final TenantDb db;
    private final PlatformDb platformDb;
    private final ChangeFeed feed;
    private final LimitsRoom room;
    private final LimitsConfig config;
    private final InstantSource clock;

    LimitsVerticle(Parts parts, LimitsRoom room, LimitsConfig config, InstantSource clock) {
        this.bus = parts.bus();
        this.db = parts.db();
        this.platformDb = parts.platformDb();
        this.feed = parts.feed();
        this.room = room;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(REPORT_MILLIS, _ -> room.leases().report());
        vertx.setPeriodic(MOVE_MILLIS, _ -> room.lines().move(System.nanoTime()));
        vertx.setPeriodic(GREET_MILLIS, _ -> {
            room.leases().greet();
            room.accounts().refreshStale();
        });
        follow();
        return Future.all(
                room.leases().greet(),
                bus.answer(LimitsAddresses.GET, this::get),
                bus.answer(LimitsAddresses.REPLACE, this::replace));
    }

    /** The feed has an event loop of its own. */
    private void follow() {
        feed.onChange((tenant, subject) -> context.runOnContext(_ -> room.accounts()
                .changed(tenant, subject)
                .onSuccess(_ -> room.propagation().applied(tenant, subject))));
        feed.onGap(room.accounts()::allChanged);
    }

    private Future<LimitsReport> get(GetLimits question, Origin origin) {
        TenantId tenant = reachable(question.tenantId(), origin.principal());
        return db.inTransaction(tenant, transaction -> LimitsStore.find(transaction, tenant))
                .map(found -> report(tenant, found.orElseThrow(Accounts::noSuchTenant)));
    }

    private Future<LimitsReport> replace(ReplaceLimits question, Origin origin) {
        TenantId tenant = reachable(question.tenantId(), origin.principal());
        if (tenant.equals(TenantId.PLATFORM)) {
            throw new ProblemException(
                    new Problem.PolicyDenied("The platform's own tenant has the limits that its configuration says."));
        }
        return question.simulate()
                ? db.inTransaction(tenant, transaction -> changed(transaction, tenant, question))
                        .compose(changed -> told(tenant, changed, Future.succeededFuture()))
                : once(
                                tenant,
                                origin,
                                transaction -> changed(transaction, tenant, question)
                                        .compose(changed -> write(transaction, tenant, changed, origin)))
                        .compose(changed -> told(tenant, changed, reached(tenant, changed)));
    }

    /** What a caller claims is kept with the caller's own tenant. */
    private Future<Kept> once(TenantId tenant, Origin origin, Function<SqlConnection, Future<Kept>> work) {
        return tenant.equals(origin.tenant())
                ? db.once(origin, Kept.class, work)
                : platformDb.once(origin, Kept.class, work);
    }

    private Future<Kept> changed(SqlConnection transaction, TenantId tenant, ReplaceLimits question) {
        return LimitsStore.hold(transaction, tenant)
                .map(found -> changed(found.orElseThrow(Accounts::noSuchTenant), question))
                .compose(changed -> LimitsStore.keys(transaction, tenant, changed.own())
                        .map(known -> {
                            Within.checkKeys(changed.own(), known);
                            return changed;
                        }));
    }

    private Future<Kept> write(SqlConnection transaction, TenantId tenant, Kept changed, Origin origin) {
        return LimitsStore.write(
                transaction, tenant, changed, origin.principal().actor());
    }

    private Kept changed(Kept present, ReplaceLimits question) {
        if (question.ifMatch() != null && !EntityTag.matches(question.ifMatch(), present.version())) {
            throw new ProblemException(new Problem.PreconditionFailed(
                    "The limits were changed since you read them; read them again, then decide anew."));
        }
        Within.check(question.limits(), Limits.of(present.of(config.plans())), clock.instant());
        int version = question.simulate() ? present.version() : present.version() + 1;
        return new Kept(
                present.plan(), question.limits(), version, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    private Future<@Nullable Propagated> reached(TenantId tenant, Kept changed) {
        return room.propagation().reached(vertx, tenant, LimitsStore.SUBJECT + changed.version());
    }

    private Future<LimitsReport> told(TenantId tenant, Kept changed, Future<@Nullable Propagated> reached) {
        Future<@Nullable Impact> impact = impact(tenant, inForce(changed));
        return Future.all(reached, impact).map(_ -> report(tenant, changed).with(reached.result(), impact.result()));
    }

    /** Null where there are too many calls to play them while somebody waits. */
    private Future<@Nullable Impact> impact(TenantId tenant, Limits limits) {
        return db.inTransaction(tenant, transaction -> CallHistory.impact(transaction, tenant, limits, clock.instant()))
                .otherwiseEmpty();
    }

    private LimitsReport report(TenantId tenant, Kept kept) {
        return LimitsReport.of(tenant.value(), kept, inForce(kept));
    }

    private Limits inForce(Kept kept) {
        Limits plan = Limits.of(kept.of(config.plans()));
        Instant expiresAt = kept.own().expiresAt();
        boolean isOver = expiresAt != null && !clock.instant().isBefore(expiresAt);
        return isOver ? plan : Within.tighter(kept.own(), plan);
    }

    /** Its own, or any for whoever may work for any. */
    private static TenantId reachable(String tenantId, Principal principal) {
        TenantId tenant = new TenantId(tenantId);
        if (!tenant.equals(principal.tenant()) && !principal.scopes().contains("platform:cross_tenant")) {
            throw Accounts.noSuchTenant();
        }
        return tenant;
    }
}
