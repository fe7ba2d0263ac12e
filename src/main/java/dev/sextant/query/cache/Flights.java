package dev.sextant.query.cache;

import dev.sextant.engine.RunHandle;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
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

    /**
     * Somebody who waits.
     *
     * @param deadline until when
     * @param gone completes when they wait no more; one that never does waits to the end
     */
    public record Waiter(Deadline deadline, Future<Void> gone) {

        /** Whether work that took too long for whoever began it may still be done for this one. */
        private boolean outlasts(Throwable failure) {
            return failure instanceof ProblemException known
                    && known.problem() instanceof Problem.DeadlineExceeded
                    && !deadline.remaining().isZero()
                    && !gone.isComplete();
        }
    }

    /** Its count is touched only while the map holds its key. */
    private static final class Flight<V> {

        private final Promise<V> landed = Promise.promise();
        private final RunHandle handle = new RunHandle();
        private int waiting;
    }

    private final ConcurrentMap<K, Flight<V>> keyToFlight = new ConcurrentHashMap<>();

    /**
     * What {@code work} comes to, which runs once however many ask meanwhile. What it throws is its failure. Whoever came
     * later than the one who began it, and has time left when it is given up at its deadline, waits for another one: once.
     */
    public Future<V> join(K key, Waiter waiter, Function<RunHandle, Future<V>> work) {
        Flight<V> mine = new Flight<>();
        Flight<V> joined = board(key, waiter, mine, work);
        return joined == mine
                ? mine.landed.future()
                : joined.landed.future().recover(failure -> again(failure, key, waiter, work));
    }

    private Future<V> again(Throwable failure, K key, Waiter waiter, Function<RunHandle, Future<V>> work) {
        return waiter.outlasts(failure)
                ? board(key, waiter, new Flight<>(), work).landed.future()
                : Future.failedFuture(failure);
    }

    /** The one that is under way, or else {@code mine}, which begins. */
    private Flight<V> board(K key, Waiter waiter, Flight<V> mine, Function<RunHandle, Future<V>> work) {
        Flight<V> joined = keyToFlight.compute(key, (_, there) -> {
            Flight<V> flight = there == null ? mine : there;
            flight.waiting++;
            return flight;
        });
        waiter.gone().onSuccess(_ -> leave(key, joined));
        if (joined == mine) {
            Future.succeededFuture(mine.handle).compose(work).onComplete(landed -> {
                keyToFlight.remove(key, mine);
                mine.landed.handle(landed);
            });
        }
        return joined;
    }

    /** Cancelled outside of the map: what is cancelled may land at once, and is taken from it then. */
    private void leave(K key, Flight<V> left) {
        keyToFlight.computeIfPresent(key, (_, there) -> there == left && --left.waiting == 0 ? null : there);
        if (left.waiting == 0) { // and stays so: nobody finds it any more
            left.handle.cancel();
        }
    }
}
