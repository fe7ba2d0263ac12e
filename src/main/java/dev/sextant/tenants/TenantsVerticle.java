package dev.sextant.tenants;

import dev.sextant.bus.Bus;
import dev.sextant.http.EntityTag;
import dev.sextant.kernel.Ids;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.PlatformDb;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Makes, tells, changes and deletes tenants; it waits on PostgreSQL and the engine only. */
final class TenantsVerticle extends VerticleBase {

    /** A purge that was asked for at once and failed is tried again after this. */
    private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

    private final Bus bus;
    private final PlatformDb db;
    private final TenantPurge purge;
    private final TenantsConfig config;
    private final InstantSource clock;

    TenantsVerticle(Bus bus, PlatformDb db, TenantPurge purge, TenantsConfig config, InstantSource clock) {
        this.bus = bus;
        this.db = db;
        this.purge = purge;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        return Future.all(
                bus.answer(TenantsAddresses.CREATE, this::create),
                bus.answer(TenantsAddresses.LIST, this::list),
                bus.answer(TenantsAddresses.GET, this::get),
                bus.answer(TenantsAddresses.UPDATE, this::update),
                bus.answer(TenantsAddresses.DELETE, this::delete));
    }

    private Future<Tenant> create(CreateTenant wish, Origin origin) {
        Tenant.Plan plan = otherwise(wish.plan(), Tenant.Plan.STANDARD);
        TenantId id = new TenantId(Ids.make("ten"));
        return db.once(origin, Tenant.class, transaction -> TenantStore.insert(transaction, id, wish.name(), plan));
    }

    private Future<TenantPage> list(ListTenants question, Origin origin) {
        return db.inTransaction(
                        transaction -> TenantStore.list(transaction, question, question.limit() + 1, clock.instant()))
                .map(tenants -> TenantPage.of(tenants, question.limit()));
    }

    private Future<Tenant> get(GetTenant question, Origin origin) {
        return db.inTransaction(transaction -> TenantStore.find(transaction, question.id(), clock.instant()))
                .map(found -> found.orElseThrow(TenantsVerticle::noSuchTenant));
    }

    private Future<Tenant> update(UpdateTenant question, Origin origin) {
        refusePlatform(question.id());
        return db.inTransaction(transaction -> TenantStore.hold(transaction, question.id(), clock.instant())
                .map(found -> found.orElseThrow(TenantsVerticle::noSuchTenant))
                .map(present -> changed(present, question))
                .compose(changed -> cancelUnlessDeleted(transaction, changed)
                        .compose(_ -> TenantStore.update(transaction, changed))));
    }

    private Future<Void> cancelUnlessDeleted(SqlConnection transaction, Tenant changed) {
        return changed.purgeAfter() == null ? purge.cancel(transaction, changed.tenantId()) : Future.succeededFuture();
    }

    private static Tenant changed(Tenant present, UpdateTenant change) {
        if (change.ifMatch() != null && !EntityTag.matches(change.ifMatch(), present.version())) {
            throw new ProblemException(new Problem.PreconditionFailed(
                    "The tenant was changed since you read it; read it again, then decide anew."));
        }
        return new Tenant(
                present.id(),
                otherwise(change.name(), present.name()),
                otherwise(change.plan(), present.plan()),
                otherwise(change.status(), present.status()),
                present.version(),
                present.createdAt(),
                change.status() == Tenant.Status.ACTIVE ? null : present.purgeAfter());
    }

    private Future<Tenant> delete(DeleteTenant question, Origin origin) {
        refusePlatform(question.id());
        Instant now = clock.instant();
        Future<Tenant> suspended = db.inTransaction(transaction -> TenantStore.hold(transaction, question.id(), now)
                .map(found -> found.orElseThrow(TenantsVerticle::noSuchTenant))
                .map(present -> suspended(present, question.now() ? now : purgeAfter(present, now)))
                .compose(changed -> purge.schedule(transaction, changed.tenantId(), dueAt(question, changed, now))
                        .compose(_ -> TenantStore.update(transaction, changed))));
        return question.now()
                ? suspended.compose(tenant -> purge.run(tenant.tenantId()).map(tenant))
                : suspended;
    }

    /** To delete again changes nothing. */
    private Instant purgeAfter(Tenant present, Instant now) {
        return otherwise(present.purgeAfter(), now.plus(config.purgeDelay()));
    }

    private static Tenant suspended(Tenant present, Instant purgeAfter) {
        return new Tenant(
                present.id(),
                present.name(),
                present.plan(),
                Tenant.Status.SUSPENDED,
                present.version(),
                present.createdAt(),
                purgeAfter);
    }

    private static Instant dueAt(DeleteTenant question, Tenant deleted, Instant now) {
        return question.now() ? now.plus(RETRY_AFTER) : otherwise(deleted.purgeAfter(), now);
    }

    private static void refusePlatform(String id) {
        if (id.equals(TenantId.PLATFORM.value())) {
            throw new ProblemException(new Problem.PolicyDenied(
                    "This is the platform's own tenant; it can be neither changed nor deleted."));
        }
    }

    private static ProblemException noSuchTenant() {
        return new ProblemException(new Problem.NotFound("There is no tenant of this id."));
    }

    private static <T> T otherwise(@Nullable T value, T fallback) {
        return value == null ? fallback : value;
    }
}
