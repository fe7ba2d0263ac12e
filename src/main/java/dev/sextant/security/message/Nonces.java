package dev.sextant.security.message;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.RedisKey;
import dev.sextant.store.RedisStore;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/**
 * Remembers the nonces of signatures for as long as these are good, in Redis for all nodes; what this node saw itself is refused
 * without asking. Any thread.
 */
final class Nonces {

    private final RedisStore redis;
    private final Duration keep;
    private final Cache<RedisKey, Boolean> seenHere;

    /** @param keep longer than any signature is good */
    Nonces(RedisStore redis, Duration keep, int hereMax) {
        this.redis = redis;
        this.keep = keep;
        this.seenHere = Caffeine.newBuilder()
                .maximumSize(hereMax)
                .expireAfterWrite(keep)
                .build();
    }

    /** True the first time, for each key of each tenant. Fails with {@code Unavailable} where Redis is away. */
    Future<Boolean> isNew(TenantId tenant, String keyId, String nonce) {
        RedisKey key = new RedisKey(tenant, "nonce:" + hash(keyId + "\n" + nonce));
        if (seenHere.asMap().putIfAbsent(key, true) != null) {
            return Future.succeededFuture(false);
        }
        return redis.setIfAbsent(key, "1", keep).onFailure(_ -> seenHere.invalidate(key));
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
