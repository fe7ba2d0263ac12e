package dev.sextant.store;

import dev.sextant.kernel.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was changed, by whatever node, in the order of commits; told within milliseconds, at most 250 ms after a lost
 * notice.
 *
 * <p>Listeners run on one event loop and must be quick. Each change is told once, also after PostgreSQL was away.
 */
public final class ChangeFeed {

    /** Whoever has not read for this long knows nothing of the present. */
    public static final Duration STALE_AFTER = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(ChangeFeed.class);

    private final List<BiConsumer<TenantId, String>> listeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> gapListeners = new CopyOnWriteArrayList<>();
    private volatile long readAtNanos = System.nanoTime() - STALE_AFTER.toNanos();

    ChangeFeed() {}

    /** Calls {@code listener} with the tenant and the subject of each change from now on. */
    public void onChange(BiConsumer<TenantId, String> listener) {
        listeners.add(listener);
    }

    /** Calls {@code listener} when changes were missed for good: whatever is remembered must be forgotten. */
    public void onGap(Runnable listener) {
        gapListeners.add(listener);
    }

    /** How old the present knowledge is, at most: the time since the last read that succeeded was begun. */
    public Duration sinceLastRead() {
        return Duration.ofNanos(System.nanoTime() - readAtNanos);
    }

    /** False where this node may have missed a change because it could not read for too long. */
    public boolean fresh() {
        return sinceLastRead().compareTo(STALE_AFTER) < 0;
    }

    void readBegunAt(long nanos) {
        readAtNanos = nanos;
    }

    void tell(TenantId tenant, String subject) {
        listeners.forEach(listener -> guarded(() -> listener.accept(tenant, subject)));
    }

    void tellGap() {
        gapListeners.forEach(ChangeFeed::guarded);
    }

    private static void guarded(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            LOG.error("A listener of the change feed failed", e);
        }
    }
}
