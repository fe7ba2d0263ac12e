package dev.sextant.push;

import dev.sextant.kernel.TenantId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the sockets of the node, of all its loops. Safe for all threads. */
final class SocketCounts {

    private final PushConfig.Sockets limits;
    private final AtomicInteger all = new AtomicInteger();
    private final ConcurrentMap<TenantId, Integer> tenantToCount = new ConcurrentHashMap<>();

    SocketCounts(PushConfig.Sockets limits) {
        this.limits = limits;
    }

    int all() {
        return all.get();
    }

    /** Counts one more, even where it is one too many: then it says false, and the socket is to be closed. */
    boolean open() {
        return all.incrementAndGet() <= limits.allMax();
    }

    boolean open(TenantId tenant) {
        return tenantToCount.merge(tenant, 1, Integer::sum) <= limits.perTenantMax();
    }

    void close() {
        all.decrementAndGet();
    }

    void close(TenantId tenant) {
        tenantToCount.computeIfPresent(tenant, (_, count) -> count == 1 ? null : count - 1);
    }
}
