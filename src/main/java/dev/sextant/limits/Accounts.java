package dev.sextant.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.TenantDb;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The limits of tenants that called lately, a bounded number. A change of limits or of the plan is read anew as soon as it is
 * heard of; until it is read, the ones before are in force. Safe for all threads.
 */
final class Accounts {

    private final TenantDb db;
    private final LimitsConfig config;
    private final Leases leases;
    private final InstantSource clock;
    private final Cache<TenantId, Account> tenantToAccount;
    private final Set<TenantId> stale = ConcurrentHashMap.newKeySet();

    Accounts(TenantDb db, LimitsConfig config, Leases leases, InstantSource clock) {
        this.db = db;
        this.config = config;
        this.leases = leases;
        this.clock = clock;
        this.tenantToAccount = Caffeine.newBuilder()
                .maximumSize(config.tenantsMax())
                .executor(Runnable::run)
                .build();
    }

    /** Something of a tenant was changed; done when it is in force here. */
    Future<Void> changed(TenantId tenant, String subject) {
        return subject.startsWith(LimitsStore.SUBJECT) || subject.startsWith("tenant:")
                ? refresh(tenant)
                : Future.succeededFuture();
    }

    /** Changes were missed. */
    void allChanged() {
        tenantToAccount.invalidateAll();
    }

    /** Null where it is not known yet. */
    @Nullable
    Account known(TenantId tenant) {
        Account account = tenantToAccount.getIfPresent(tenant);
        if (account != null && clock.millis() >= account.endsAtMillis()) {
            return keep(tenant, account.kept());
        }
        return account;
    }

    /** Reads it, if it is not known. Fails with {@code NotFound} where there is no such tenant. */
    Future<Account> of(TenantId tenant) {
        Account account = known(tenant);
        return account != null ? Future.succeededFuture(account) : read(tenant);
    }

    /** Tries again what could not be read when it changed; to be called now and then. */
    void refreshStale() {
        stale.forEach(this::refresh);
    }

    private Future<Void> refresh(TenantId tenant) {
        if (tenantToAccount.getIfPresent(tenant) == null) {
            stale.remove(tenant);
            return Future.succeededFuture();
        }
        stale.add(tenant);
        return read(tenant)
                .onSuccess(_ -> stale.remove(tenant))
                .recover(failure -> {
                    if (failure instanceof ProblemException known && known.problem() instanceof Problem.NotFound) {
                        tenantToAccount.invalidate(tenant);
                        stale.remove(tenant);
                    }
                    return Future.failedFuture(failure);
                })
                .mapEmpty();
    }

    private Future<Account> read(TenantId tenant) {
        return db.inTransaction(tenant, transaction -> LimitsStore.find(transaction, tenant))
                .map(found -> keep(tenant, found.orElseThrow(Accounts::noSuchTenant)));
    }

    private Account keep(TenantId tenant, Kept kept) {
        return tenantToAccount
                .asMap()
                .compute(
                        tenant,
                        (_, present) -> isNewer(present, kept)
                                ? present
                                : Account.of(tenant, kept, config.plans(), leases, clock.instant()));
    }

    /** Two readings may overtake each other. */
    private static boolean isNewer(@Nullable Account present, Kept kept) {
        return present != null && present.kept().version() > kept.version();
    }

    static ProblemException noSuchTenant() {
        return new ProblemException(new Problem.NotFound("There is no tenant of this id."));
    }
}
