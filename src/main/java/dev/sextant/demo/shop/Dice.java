package dev.sextant.demo.shop;

import java.util.SplittableRandom;

/** Chances that fall alike whenever they are thrown for the same thing. For one thread. */
final class Dice {

    private final SplittableRandom random;

    private Dice(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** For the {@code number}th thing of a kind on a day. */
    static Dice of(long seed, String kind, long day, long number) {
        long mixed = mix(mix(mix(seed) ^ kind.hashCode()) + day) + number;
        return new Dice(mix(mixed));
    }

    /** Spreads a number over all 64 bits. Source: Steele, Lea and Flood (2014), the finalizer of SplitMix64. */
    private static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** From 0 to just below 1. */
    double share() {
        return random.nextDouble();
    }

    /** Both ends included. */
    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /** How often in a row something happens that goes on with that probability; at most {@code most}. */
    int times(double goesOn, int most) {
        int times = 0;
        while (times < most && chance(goesOn)) {
            times++;
        }
        return times;
    }

    /** About the normal distribution: mean 0, deviation 1, never beyond 6. The sum of twelve shares less six. */
    double bell() {
        double sum = -6;
        for (int i = 0; i < 12; i++) {
            sum += random.nextDouble();
        }
        return sum;
    }
}
