package dev.sextant.query.cache;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/** Work under way, by key: whoever wants the same meanwhile waits for it. Safe for all threads. */
public final class Flights<K, V> {

    private final ConcurrentMap<K, Future<V>> keyToFlight = new ConcurrentHashMap<>();

    /** What {@code work} comes to, which runs once however many ask meanwhile. What it throws is its failure. */
    public Future<V> join(K key, Supplier<Future<V>> work) {
        Promise<V> mine = Promise.promise();
        Future<V> theirs = keyToFlight.putIfAbsent(key, mine.future());
        if (theirs != null) {
            return theirs;
        }
        Future.<Void>succeededFuture().compose(_ -> work.get()).onComplete(landed -> {
            keyToFlight.remove(key);
            mine.handle(landed);
        });
        return mine.future();
    }
}
