package dev.sextant.query.cache;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Answers by key, up to a weight. Failures are not kept. Safe for all threads. */
public final class ResultCache {

    private final AsyncCache<ResultKey, CachedResult> keyToResult;

    /** Keeps about {@code bytesMax} bytes of answers. */
    public ResultCache(long bytesMax) {
        this.keyToResult = Caffeine.newBuilder()
                .maximumWeight(bytesMax)
                .weigher((ResultKey key, CachedResult result) -> result.weight())
                .recordStats()
                .buildAsync();
    }

    /** What is there now. */
    public Optional<CachedResult> find(ResultKey key) {
        CompletableFuture<CachedResult> result = keyToResult.getIfPresent(key);
        return result == null || !result.isDone() || result.isCompletedExceptionally()
                ? Optional.empty()
                : Optional.of(result.join());
    }

    /** What is there, or comes of {@code compute}, which runs once however many ask meanwhile. */
    public Future<CachedResult> get(ResultKey key, Supplier<Future<CachedResult>> compute) {
        return Future.fromCompletionStage(
                keyToResult.get(key, (_, _) -> compute.get().toCompletionStage().toCompletableFuture()));
    }

    /** The share of lookups that found something, from 0 to 1. */
    public double hitRate() {
        return keyToResult.synchronous().stats().hitRate();
    }
}
