package dev.sextant.live;

import io.vertx.core.Vertx;
import java.util.EnumMap;
import java.util.Map;

/** The timers of one live query, one of each kind. One thread. */
final class LiveTimers {

    /** What a timer is for. */
    enum Kind {
        /** The query is asked. */
        DUE,
        /** Time went on, though no data came. */
        IDLE,
        /** Nobody came back. */
        LINGER
    }

    private final Vertx vertx;
    private final Map<Kind, Long> kindToTimer = new EnumMap<>(Kind.class);

    LiveTimers(Vertx vertx) {
        this.vertx = vertx;
    }

    /** In place of the one of this kind that is set, if there is one. */
    void set(Kind kind, long delayMillis, Runnable then) {
        cancel(kind);
        kindToTimer.put(kind, vertx.setTimer(Math.max(1, delayMillis), _ -> {
            kindToTimer.remove(kind);
            then.run();
        }));
    }

    /** Whether there was one to cancel. */
    boolean cancel(Kind kind) {
        Long timer = kindToTimer.remove(kind);
        return timer != null && vertx.cancelTimer(timer);
    }

    void cancelAll() {
        for (Kind kind : Kind.values()) {
            cancel(kind);
        }
    }
}
