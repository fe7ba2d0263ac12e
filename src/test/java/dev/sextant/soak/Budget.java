package dev.sextant.soak;

import java.time.Duration;

/** What a run may spend: steps or time, whichever ends first. For one thread. */
final class Budget {

    private final long deadlineNanos;
    private long stepsLeft;

    private Budget(long steps, Duration time) {
        this.stepsLeft = steps;
        this.deadlineNanos = System.nanoTime() + time.toNanos();
    }

    static Budget of(long steps, Duration time) {
        return new Budget(steps, time);
    }

    /** For a round that is played to its end, however long that takes. */
    static Budget endless() {
        return new Budget(Long.MAX_VALUE, Duration.ofDays(365));
    }

    boolean isSpent() {
        return stepsLeft <= 0 || System.nanoTime() > deadlineNanos;
    }

    boolean spendStep() {
        if (isSpent()) {
            return false;
        }
        stepsLeft--;
        return true;
    }
}
