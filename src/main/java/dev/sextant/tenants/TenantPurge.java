package dev.sextant.tenants;

import dev.sextant.engine.OlapEngine;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.Job;
import dev.sextant.store.Jobs;
import dev.sextant.store.PlatformDb;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Deletes all that a tenant has: the engine's data first, its rows last, so that what fails midway can be done again. A
 * job does it when the time has come, and again until it succeeds.
 */
final class TenantPurge {

    private static final String JOB = "tenants.purge";

    private final PlatformDb db;
    private final Jobs jobs;
    private final OlapEngine engine;
    private final InstantSource clock;

    TenantPurge(PlatformDb db, Jobs jobs, OlapEngine engine, InstantSource clock) {
        this.db = db;
        this.jobs = jobs;
        this.engine = engine;
        this.clock = clock;
        jobs.onDue(JOB, tenant -> run(new TenantId(tenant)));
    }

    Future<Void> schedule(SqlConnection transaction, TenantId tenant, Instant at) {
        return jobs.schedule(transaction, new Job(JOB, tenant.value(), at, tenant.value()));
    }

    Future<Void> cancel(SqlConnection transaction, TenantId tenant) {
        return jobs.cancel(transaction, JOB, tenant.value());
    }

    /** Purges, if the tenant is suspended and its time has come; else does nothing. */
    Future<Void> run(TenantId tenant) {
        return db.inTransaction(transaction -> TenantStore.isToPurge(transaction, tenant, clock.instant()))
                .compose(isToPurge -> isToPurge ? purge(tenant) : Future.succeededFuture());
    }

    private Future<Void> purge(TenantId tenant) {
        return engine.drop(tenant)
                .compose(
                        _ -> db.inTransaction(transaction -> TenantStore.delete(transaction, tenant, clock.instant())));
    }
}
