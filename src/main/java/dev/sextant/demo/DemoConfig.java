package dev.sextant.demo;

import java.time.Duration;

/**
 * {@code demo:} in the configuration file.
 *
 * @param replay whether events keep arriving at wall-clock time
 * @param replayEvery how often those that are due are sent
 * @param editsPerSecond copies of edits, on average over a day; some hours are busier
 */
public record DemoConfig(boolean replay, Duration replayEvery, double editsPerSecond, Shop shop) {

    /**
     * The shop that does not exist. Once it has data, another seed or size changes only what is still to come.
     *
     * @param seed another one makes another shop
     * @param historyDays what it has behind it when it is first started
     * @param sessionsPerDay on average over a year; each has some four events
     */
    public record Shop(long seed, int historyDays, int sessionsPerDay) {
        public Shop {
            check(historyDays >= 1 && historyDays <= 1_000, "shop.history_days must be 1 to 1000");
            check(sessionsPerDay >= 1 && sessionsPerDay <= 100_000, "shop.sessions_per_day must be 1 to 100000");
        }
    }

    public static final DemoConfig DEFAULT =
            new DemoConfig(true, Duration.ofSeconds(1), 3, new Shop(20_150_912, 60, 900));

    public DemoConfig {
        check(replayEvery.toMillis() >= 1, "replay_every must be 1ms or more");
        check(editsPerSecond >= 0 && editsPerSecond <= 1_000, "edits_per_second must be 0 to 1000");
    }

    /** The same, without anything that arrives by itself. */
    public DemoConfig withoutReplay() {
        return new DemoConfig(false, replayEvery, editsPerSecond, shop);
    }

    private static void check(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("demo: " + rule);
        }
    }
}
