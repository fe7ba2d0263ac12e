package dev.sextant.query.cache;

import dev.sextant.engine.RunHandle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * Work under way, by key: whoever wants the same meanwhile waits for it. When all who wait have gone, it is cancelled, and
 * whoever comes then begins anew. Safe for all threads.
 */
public final class Flights<K, V> {

    /** Its count is touched only while the map holds its key. */
    private static final class Flight<V> {

        private final Promise<V> landed = Promise.promise();
        private final RunHandle handle = new RunHandle();
        private int waiting;
    }

    private final ConcurrentMap<K, Flight<V>> keyToFlight = new ConcurrentHashMap<>();

    /**
     * What {@code work} comes to, which runs once however many ask meanwhile. What it throws is its failure.
     *
     * @param gone completes when this caller waits no more; one that never does waits to the end
     */
    public Future<V> join(K key, Future<Void> gone, Function<RunHandle, Future<V>> work) {
        Flight<V> mine = new Flight<>();
        Flight<V> joined = keyToFlight.compute(key, (_, there) -> {
            Flight<V> flight = there == null ? mine : there;
            flight.waiting++;
            return flight;
        });
        gone.onSuccess(_ -> leave(key, joined));
        if (joined == mine) {
            Future.succeededFuture(mine.handle).compose(work).onComplete(landed -> {
                keyToFlight.remove(key, mine);
                mine.landed.handle(landed);
            });
        }
        return joined.landed.future();
    }

    /** Cancelled outside of the map: what is cancelled may land at once, and is taken from it then. */
    private void leave(K key, Flight<V> left) {
        keyToFlight.computeIfPresent(key, (_, there) -> there == left && --left.waiting == 0 ? null : there);
        if (left.waiting == 0) { // and stays so: nobody finds it any more
            left.handle.cancel();
        }
    }
}
