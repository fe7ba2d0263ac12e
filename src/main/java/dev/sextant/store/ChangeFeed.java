package dev.sextant.store;

import dev.sextant.kernel.TenantId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
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

    /** So long may the present be unknown before nobody waits for it any more. */
    private static final Duration GIVEN_UP_AFTER = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger(ChangeFeed.class);

    private final List<BiConsumer<TenantId, String>> listeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> gapListeners = new CopyOnWriteArrayList<>();
    private volatile Promise<Void> nextRead = Promise.promise();
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

    /**
     * Completes when this node has read again, which may be in a moment where the machine had much to do; fails where it
     * could not for so long that there is more to it. For event loops.
     */
    public Future<Void> freshAgain() {
        Context caller = Vertx.currentContext();
        long leftMillis = GIVEN_UP_AFTER.minus(sinceLastRead()).toMillis();
        if (caller == null || leftMillis <= 0) {
            return Future.failedFuture("Changes cannot be read");
        }
        Promise<Void> promise = Promise.promise();
        long timer = caller.owner().setTimer(leftMillis, _ -> promise.tryFail("Changes cannot be read"));
        nextRead.future().onComplete(_ -> caller.runOnContext(_ -> promise.tryComplete()));
        return promise.future().onComplete(_ -> caller.owner().cancelTimer(timer));
    }

    void readBegunAt(long nanos) {
        readAtNanos = nanos;
        if (fresh()) {
            Promise<Void> awaited = nextRead;
            nextRead = Promise.promise();
            awaited.complete();
        }
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
