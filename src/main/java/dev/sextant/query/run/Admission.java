package dev.sextant.query.run;

import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Lets in no more queries at once than its limits say, of each tenant and in all; whoever comes beyond that is told so at
 * once, before any work is done. What is in the cache needs no admission. Safe for all threads.
 */
public final class Admission {

    private static final int RETRY_AFTER_SECONDS = 1;

    /** How many may be under way at once, waiting or running. */
    public record Limits(int max, int perTenantMax) {
        public Limits {
            if (max < 1 || perTenantMax < 1 || perTenantMax > max) {
                throw new IllegalArgumentException("query.admission: max must be 1 or more, per_tenant_max 1 to max");
            }
        }
    }

    private final Limits limits;
    private final AtomicInteger all = new AtomicInteger();
    private final ConcurrentMap<TenantId, Integer> tenantToCount = new ConcurrentHashMap<>();

    public Admission(Limits limits) {
        this.limits = limits;
    }

    /** Does the work, or fails with {@code Overloaded}. */
    public <T> Future<T> admit(TenantId tenant, Supplier<Future<T>> work) {
        if (all.incrementAndGet() > limits.max()) {
            all.decrementAndGet();
            return refused("Too many queries are under way; try again shortly.");
        }
        if (tenantToCount.merge(tenant, 1, Integer::sum) > limits.perTenantMax()) {
            leave(tenant);
            return refused("Too many of your queries are under way; wait for some of them.");
        }
        return work.get().onComplete(_ -> leave(tenant));
    }

    /** Whether the tenant's next query would be refused now, by its own limit. */
    public boolean isFull(TenantId tenant) {
        return tenantToCount.getOrDefault(tenant, 0) >= limits.perTenantMax();
    }

    private void leave(TenantId tenant) {
        all.decrementAndGet();
        tenantToCount.computeIfPresent(tenant, (_, count) -> count == 1 ? null : count - 1);
    }

    private static <T> Future<T> refused(String detail) {
        return ProblemException.failed(new Problem.Overloaded(RETRY_AFTER_SECONDS, detail));
    }
}
