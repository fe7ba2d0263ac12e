package dev.sextant.engine;

/**
 * A tenant's part of an engine, beside those of others.
 *
 * @param queriesAtOnce that may run; the engine has no more than it has
 * @param queryWeight how much of the threads' time its queries get where others want some too: twice the weight, twice the time
 * @param appendWeight the same of its events
 */
public record Share(int queriesAtOnce, double queryWeight, double appendWeight) {

    private static final double WEIGHT_MIN = 0.01;
    private static final double WEIGHT_MAX = 100;

    public Share {
        if (queriesAtOnce < 1 || isNoWeight(queryWeight) || isNoWeight(appendWeight)) {
            throw new IllegalArgumentException("A share has a query at least, and weights from 0.01 to 100");
        }
    }

    private static boolean isNoWeight(double weight) {
        return !(weight >= WEIGHT_MIN && weight <= WEIGHT_MAX);
    }
}
