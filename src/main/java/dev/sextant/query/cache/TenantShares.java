package dev.sextant.query.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.sextant.kernel.TenantId;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Values of tenants by key, up to a weight in all. Where it gets too much, the tenant that holds most gives of its own,
 * what it uses least: so whoever holds no more than an even share loses nothing to others. Safe for all threads.
 */
final class TenantShares<K, V> {

    /** A heavier value than this part of all is not kept: it would push out too many. */
    private static final int VALUES_MIN = 8;

    /** So much room is made at once, as a part of all. */
    private static final int ROOM = 64;

    /** One for each time that a value is put. */
    private record Held<V>(V value, int weight) {}

    private final class Share {
        private final AtomicLong weight = new AtomicLong();
        private final Cache<K, Held<V>> keyToHeld = Caffeine.newBuilder()
                .maximumWeight(weightMax)
                .weigher((K key, Held<V> held) -> held.weight())
                .executor(Runnable::run)
                .removalListener(this::removed)
                .build();

        private void removed(@Nullable K key, @Nullable Held<V> held, RemovalCause cause) {
            if (held != null) {
                weight.addAndGet(-held.weight());
                whole.addAndGet(-held.weight());
                if (cause == RemovalCause.SIZE) {
                    evictions.increment();
                }
            }
        }

        private void put(K key, Held<V> held) {
            weight.addAndGet(held.weight());
            whole.addAndGet(held.weight());
            keyToHeld.put(key, held);
        }

        private void shrink(long by) {
            keyToHeld.policy().eviction().ifPresent(eviction -> {
                eviction.setMaximum(Math.max(0, weight.get() - by));
                eviction.setMaximum(weightMax);
            });
        }
    }

    private final long weightMax;
    private final AtomicLong whole = new AtomicLong();
    private final LongAdder evictions = new LongAdder();
    private final ReentrantLock trimming = new ReentrantLock();
    private final ConcurrentMap<TenantId, Share> tenantToShare = new ConcurrentHashMap<>();

    TenantShares(long weightMax) {
        this.weightMax = weightMax;
    }

    Optional<V> find(TenantId tenant, K key) {
        Share share = tenantToShare.get(tenant);
        Held<V> held = share == null ? null : share.keyToHeld.getIfPresent(key);
        return held == null ? Optional.empty() : Optional.of(held.value());
    }

    /** Keeps the value in place of another, as long as there is room. */
    void put(TenantId tenant, K key, V value, int weight) {
        if (weight > weightMax / VALUES_MIN) {
            return;
        }
        tenantToShare.computeIfAbsent(tenant, _ -> new Share()).put(key, new Held<>(value, weight));
        if (whole.get() > weightMax && trimming.tryLock()) {
            try {
                trim();
            } finally {
                trimming.unlock();
            }
        }
    }

    private void trim() {
        for (long over = whole.get() - weightMax; over > 0; over = whole.get() - weightMax) {
            Optional<Share> heaviest =
                    tenantToShare.values().stream().max(Comparator.comparingLong(share -> share.weight.get()));
            long before = whole.get();
            long room = Math.max(over, weightMax / ROOM);
            heaviest.ifPresent(share -> share.shrink(room));
            if (whole.get() >= before) {
                return; // others are putting: the next of them trims
            }
        }
    }

    long weight() {
        return whole.get();
    }

    long weight(TenantId tenant) {
        Share share = tenantToShare.get(tenant);
        return share == null ? 0 : share.weight.get();
    }

    /** How many values had to go for want of room. */
    long evictions() {
        return evictions.sum();
    }

    /** Lets go of what the tenant has. */
    void forget(TenantId tenant) {
        Share share = tenantToShare.remove(tenant);
        if (share != null) {
            share.keyToHeld.invalidateAll();
        }
    }
}
