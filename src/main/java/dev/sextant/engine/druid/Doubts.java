package dev.sextant.engine.druid;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether what was visible still is. When another task reads, or a broker comes back, the last entry of each segment is
 * counted again: a task that died has left rows to be read anew, and brokers hear of them a little later. For one thread.
 */
final class Doubts {

    private static final Logger LOG = LoggerFactory.getLogger(Doubts.class);

    /** The latest of these many segments are remembered. */
    private static final int SEGMENTS_MAX = 2_000;

    /** Rows that are not found for this long were taken out by whoever looks after Druid. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Function<Arrival, Future<Boolean>> proof;
    private final Predicate<Arrival> mayBeGone;
    private final Map<Long, Arrival> segmentToLast = new LinkedHashMap<>(64, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Arrival> eldest) {
            return size() > SEGMENTS_MAX;
        }
    };
    private final Set<Arrival> open = new HashSet<>();
    private long since;
    private boolean asking;

    Doubts(Function<Arrival, Future<Boolean>> proof, Predicate<Arrival> mayBeGone) {
        this.proof = proof;
        this.mayBeGone = mayBeGone;
    }

    /** It has become visible. */
    void remember(long segment, Arrival arrival) {
        segmentToLast.put(segment, arrival);
    }

    /** All is to be counted again. */
    void begin() {
        open.addAll(segmentToLast.values());
        since = System.nanoTime();
    }

    boolean areOpen() {
        return !open.isEmpty();
    }

    /** Counts what is still in doubt, one entry after the other. */
    void settle() {
        open.removeIf(mayBeGone);
        if (asking || open.isEmpty()) {
            return;
        }
        if (System.nanoTime() - since > PATIENCE.toNanos()) {
            LOG.error("Rows that were visible are not found in Druid any more, in {} segments", open.size());
            open.clear();
            return;
        }
        asking = true;
        Arrival next = open.iterator().next();
        proof.apply(next).onComplete(found -> {
            asking = false;
            if (found.succeeded() && found.result()) {
                open.remove(next);
                settle();
            }
        });
    }
}
