package dev.sextant.push;

import dev.sextant.kernel.TenantId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;

/** Counts the sockets of the node, of all its loops. Safe for all threads. */
final class SocketCounts {

    private final PushConfig.Sockets limits;
    private final ToIntFunction<TenantId> tenantMax;
    private final AtomicInteger all = new AtomicInteger();
    private final ConcurrentMap<TenantId, Integer> tenantToCount = new ConcurrentHashMap<>();

    /** @param tenantMax how many a tenant may have, within the limits */
    SocketCounts(PushConfig.Sockets limits, ToIntFunction<TenantId> tenantMax) {
        this.limits = limits;
        this.tenantMax = tenantMax;
    }

    int all() {
        return all.get();
    }

    /** Counts one more, even where it is one too many: then it says false, and the socket is to be closed. */
    boolean open() {
        return all.incrementAndGet() <= limits.allMax();
    }

    boolean open(TenantId tenant) {
        int max = Math.min(limits.perTenantMax(), tenantMax.applyAsInt(tenant));
        return tenantToCount.merge(tenant, 1, Integer::sum) <= max;
    }

    void close() {
        all.decrementAndGet();
    }

    void close(TenantId tenant) {
        tenantToCount.computeIfPresent(tenant, (_, count) -> count == 1 ? null : count - 1);
    }
}
