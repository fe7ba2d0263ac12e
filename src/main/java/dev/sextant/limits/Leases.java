package dev.sextant.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.LeaseRequest;
import dev.sextant.store.RedisKey;
import dev.sextant.store.RedisStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * All leases of this node, and their talk with the other nodes, by Redis. Safe for all threads; what it answers completes on
 * the context of whoever asked.
 */
final class Leases {

    /** A lease, what it is called in Redis, and who waits for its next grant. */
    static final class Held {
        final Lease lease;
        private final RedisKey key;
        private final List<Promise<Void>> waiting = new ArrayList<>();

        private Held(Lease lease, RedisKey key) {
            this.lease = lease;
            this.key = key;
        }

        private Future<Void> next() {
            Promise<Void> promise = Promise.promise();
            synchronized (waiting) {
                waiting.add(promise);
            }
            return onThisContext(promise.future());
        }

        private void wake() {
            List<Promise<Void>> woken;
            synchronized (waiting) {
                woken = List.copyOf(waiting);
                waiting.clear();
            }
            woken.forEach(Promise::tryComplete);
        }
    }

    private static final Duration PRESENCE_BELIEVED = Duration.ofSeconds(3);
    private static final RedisKey PRESENCE = new RedisKey(TenantId.PLATFORM, "nodes");

    private final RedisStore redis;
    private final String node;
    private final IntSupplier known;
    private final Duration patience;
    private final LongSupplier nanos;
    private final Cache<RedisKey, Held> keyToHeld;
    private final Set<Held> active = ConcurrentHashMap.newKeySet();
    /** As they say by Redis. */
    private volatile int nodes = 1;

    private volatile boolean away;

    /**
     * @param node this one, in this life of it
     * @param known how many nodes there are, as is known from elsewhere
     */
    Leases(RedisStore redis, String node, LimitsConfig config, IntSupplier known, LongSupplier nanos) {
        this.redis = redis;
        this.node = node;
        this.known = known;
        this.patience = config.sharedPatience();
        this.nanos = nanos;
        this.keyToHeld = Caffeine.newBuilder().maximumSize(config.leasesMax()).build();
    }

    /** The node's lease of that policy, with the policy's quota from now on. */
    Held of(TenantId tenant, String owner, Policy policy) {
        RedisKey key = new RedisKey(tenant, "limit:%s:%s:%d".formatted(owner, policy.name(), policy.windowMillis()));
        Held held = keyToHeld.get(key, _ -> new Held(new Lease(policy, node, nanos.getAsLong()), key));
        if (held.lease.become(policy, nanos.getAsLong())) {
            tell(held);
        }
        return held;
    }

    /** Asks for nothing but what is left, so that answers say it before the next query asks for more. */
    private void tell(Held held) {
        LeaseRequest request = held.lease.ask(false, nanos.getAsLong());
        if (request != null) {
            send(held, request);
        }
    }

    /** How many nodes share the limits: as they say to each other, and while they cannot, as is known from elsewhere. */
    int nodes() {
        return away ? Math.max(1, known.getAsInt()) : nodes;
    }

    /** Whether the other nodes cannot be asked, so that each keeps to its share. */
    boolean isAway() {
        return away;
    }

    /** Asks for more; done when there is an answer, be it that nothing can be had. Never fails. */
    Future<Void> more(Held held) {
        LeaseRequest request = held.lease.ask(true, nanos.getAsLong());
        Future<Void> next = held.next();
        if (request != null) {
            send(held, request);
        }
        return next;
    }

    /** Asks for more, where nobody waits for it. */
    void moreSoon(Held held) {
        LeaseRequest request = held.lease.ask(true, nanos.getAsLong());
        if (request != null) {
            send(held, request);
        }
    }

    private void send(Held held, LeaseRequest request) {
        active.add(held);
        redis.lease(held.key, request)
                .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(answered -> {
                    if (answered.succeeded()) {
                        away = false;
                        held.lease.granted(request, answered.result(), nanos.getAsLong());
                    } else {
                        away = true;
                        held.lease.failed(request, nanos.getAsLong());
                    }
                    held.wake();
                });
    }

    /** Reports what was spent, and gives back what was not; to be called ten times a second. */
    void report() {
        long now = nanos.getAsLong();
        active.removeIf(held -> held.lease.isIdle());
        for (Held held : active) {
            if (held.lease.isToReport(now)) {
                tell(held);
            }
        }
    }

    /** Says that this node is there, and learns of the others; to be called every second. */
    Future<Void> greet() {
        return redis.presence(PRESENCE, node, PRESENCE_BELIEVED)
                .onSuccess(count -> {
                    nodes = count;
                    away = false;
                })
                .onFailure(_ -> away = true)
                .otherwise(nodes)
                .mapEmpty();
    }

    private static Future<Void> onThisContext(Future<Void> future) {
        Context context = Vertx.currentContext();
        if (context == null) {
            return future;
        }
        Promise<Void> here = Promise.promise();
        future.onComplete(_ -> context.runOnContext(_ -> here.tryComplete()));
        return here.future();
    }
}
