package dev.sextant.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sextant.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/** Remembers what was read of tenants, a bounded number of things, until the tenant changes. Any thread. */
final class TenantCache<K, V> {

    private record Kept<V>(V value, TenantGates.Stamp stamp) {}

    private final TenantGates gates;
    private final Cache<K, Kept<V>> keyToKept;

    TenantCache(TenantGates gates, int entriesMax) {
        this.gates = gates;
        this.keyToKept = Caffeine.newBuilder()
                .maximumSize(entriesMax)
                .executor(Runnable::run)
                .build();
    }

    /** Null where it is not remembered, or has changed since. */
    @Nullable
    V find(K key) {
        Kept<V> kept = keyToKept.getIfPresent(key);
        return kept != null && kept.stamp().holds() ? kept.value() : null;
    }

    /**
     * Remembers, unless something has changed since the reading began.
     *
     * @param epoch of the gates, before {@code value} was read
     */
    void keep(K key, V value, TenantId tenant, long epoch) {
        TenantGates.Stamp stamp = gates.stamp(tenant);
        if (gates.epoch() == epoch) {
            keyToKept.put(key, new Kept<>(value, stamp));
        }
    }
}
