package dev.sextant.query.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/** Answers by key, up to a weight. Failures are not kept. Safe for all threads. */
public final class ResultCache {

    private final Cache<ResultKey, CachedResult> keyToResult;
    private final ConcurrentMap<ResultKey, Future<CachedResult>> keyToFlight = new ConcurrentHashMap<>();

    /** Keeps about {@code bytesMax} bytes of answers. */
    public ResultCache(long bytesMax) {
        this.keyToResult = Caffeine.newBuilder()
                .maximumWeight(bytesMax)
                .weigher((ResultKey key, CachedResult result) -> result.weight())
                .recordStats()
                .build();
    }

    /** What is there now. */
    public Optional<CachedResult> find(ResultKey key) {
        return Optional.ofNullable(keyToResult.getIfPresent(key));
    }

    /** What {@code compute} comes to, which runs once however many ask meanwhile. */
    public Future<CachedResult> get(ResultKey key, Supplier<Future<CachedResult>> compute) {
        Promise<CachedResult> mine = Promise.promise();
        Future<CachedResult> theirs = keyToFlight.putIfAbsent(key, mine.future());
        if (theirs != null) {
            return theirs;
        }
        CachedResult justMade = keyToResult.getIfPresent(key);
        Future<CachedResult> flight = justMade == null ? computed(compute) : Future.succeededFuture(justMade);
        flight.onSuccess(result -> keyToResult.put(key, result)).onComplete(landed -> {
            keyToFlight.remove(key);
            mine.handle(landed);
        });
        return mine.future();
    }

    private static Future<CachedResult> computed(Supplier<Future<CachedResult>> compute) {
        return Future.<Void>succeededFuture().compose(_ -> compute.get());
    }

    /** The share of lookups that found something, from 0 to 1. */
    public double hitRate() {
        return keyToResult.stats().hitRate();
    }
}
