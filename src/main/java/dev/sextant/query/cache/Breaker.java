package dev.sextant.query.cache;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Says whether to ask somebody who has failed: not before a second has gone by since. Safe for all threads. */
final class Breaker {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final LongSupplier nanoTime;
    private final AtomicLong closedNanos;

    /** @param nanoTime as {@link System#nanoTime} */
    Breaker(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.closedNanos = new AtomicLong(nanoTime.getAsLong());
    }

    boolean isClosed() {
        return nanoTime.getAsLong() - closedNanos.get() >= 0;
    }

    void failed() {
        closedNanos.set(nanoTime.getAsLong() + PAUSE.toNanos());
    }
}
