package dev.sextant.identity;

import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.PlatformDb;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;

/** Knows which tenants there are, for those who may work for any of them. Any thread. */
final class TenantDirectory {

    private final PlatformDb db;
    private final TenantGates gates;
    private final TenantCache<TenantId, Boolean> isActive;

    TenantDirectory(PlatformDb db, TenantGates gates, int tenantsMax) {
        this.db = db;
        this.gates = gates;
        this.isActive = new TenantCache<>(gates, tenantsMax);
    }

    /** Fails with {@code NotFound} where the tenant does not exist, or is suspended. */
    Future<Void> requireActive(TenantId tenant) {
        Boolean known = isActive.find(tenant);
        return (known == null ? read(tenant) : Future.succeededFuture(known))
                .compose(active -> active
                        ? Future.succeededFuture()
                        : ProblemException.failed(new Problem.NotFound("There is no active tenant of this id.")));
    }

    private Future<Boolean> read(TenantId tenant) {
        long epoch = gates.epoch();
        return db.inTransaction(transaction -> transaction
                        .preparedQuery("SELECT 1 FROM tenant WHERE id = $1 AND status = 'active'")
                        .execute(Tuple.of(tenant.value())))
                .map(rows -> rows.size() == 1)
                .onSuccess(active -> isActive.keep(tenant, active, tenant, epoch));
    }
}
