package dev.sextant.soak;

import java.util.Random;

/**
 * One round of a game. All chance comes from {@link #random}, and none from the clock, so that the seed tells the round. For
 * one thread.
 */
public final class Round {

    private final long seed;
    private final Random random;
    private final Budget budget;
    private long stepsLeft;
    private long stepsMade;

    Round(long seed, long stepsMax, Budget budget) {
        this.seed = seed;
        this.random = new Random(seed);
        this.budget = budget;
        this.stepsLeft = stepsMax;
    }

    public long seed() {
        return seed;
    }

    public Random random() {
        return random;
    }

    /** Whether there is a further step to make, which counts as made from here on. */
    public boolean next() {
        if (stepsLeft == 0 || !budget.spendStep()) {
            return false;
        }
        stepsLeft--;
        stepsMade++;
        return true;
    }

    /** How many steps were begun. */
    public long steps() {
        return stepsMade;
    }
}
