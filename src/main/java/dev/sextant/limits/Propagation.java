package dev.sextant.limits;

import dev.sextant.kernel.TenantId;
import dev.sextant.limits.LimitsReport.Propagated;
import dev.sextant.store.RedisKey;
import dev.sextant.store.RedisStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Learns on how many nodes a change is in force: each says so, in Redis. Safe for all threads. */
final class Propagation {

    private static final Duration BELIEVED = Duration.ofSeconds(30);
    private static final long PATIENCE_NANOS = 1_000_000_000;
    private static final long PAUSE_MILLIS = 10;

    private final RedisStore redis;
    private final Leases leases;
    private final String node;

    Propagation(RedisStore redis, Leases leases, String node) {
        this.redis = redis;
        this.leases = leases;
        this.node = node;
    }

    /** Says that a change is in force on this node. */
    void applied(TenantId tenant, String subject) {
        if (!subject.startsWith(LimitsStore.SUBJECT)) {
            return;
        }
        redis.presence(key(tenant, subject), node, BELIEVED);
    }

    /** Waits for the other nodes, a second at most; null where nothing can be learnt. */
    Future<@Nullable Propagated> reached(Vertx vertx, TenantId tenant, String subject) {
        return count(vertx, key(tenant, subject), System.nanoTime()).otherwiseEmpty();
    }

    private Future<@Nullable Propagated> count(Vertx vertx, RedisKey key, long sinceNanos) {
        return redis.members(key).compose(nodes -> {
            long passedNanos = System.nanoTime() - sinceNanos;
            return nodes >= leases.nodes() || passedNanos > PATIENCE_NANOS
                    ? Future.succeededFuture(new Propagated(nodes, passedNanos / 1_000_000))
                    : vertx.timer(PAUSE_MILLIS).compose(_ -> count(vertx, key, sinceNanos));
        });
    }

    private static RedisKey key(TenantId tenant, String subject) {
        return new RedisKey(tenant, "applied:" + subject);
    }
}
