package dev.sextant.demo.shop;

import java.time.LocalDate;
import java.util.stream.IntStream;

/** How many come to the shop, and when: by the season, the weekday and the hour. Pure. */
final class ShopTraffic {

    /** From Monday; they average 1. */
    private static final double[] WEEKDAYS = {0.97, 0.93, 0.93, 0.96, 0.99, 1.06, 1.16};

    /** From midnight, where the customer lives: the evening is the best time. */
    private static final double[] HOURS = {
        1.1, 0.6, 0.35, 0.25, 0.25, 0.4, 0.9, 1.8, 2.8, 3.6, 4.2, 4.5, 4.8, 4.6, 4.5, 4.6, 4.9, 5.4, 6.1, 7.2, 8.0, 7.4,
        5.0, 2.6
    };

    private static final Choice<Integer> HOUR =
            Choice.of(IntStream.range(0, HOURS.length).boxed().toList(), hour -> HOURS[hour]);

    private static final int DAY_SECONDS = 86_400;
    private static final int HOUR_SECONDS = 3_600;

    /** Early in December people buy most. */
    private static final int BEST_DAY_OF_YEAR = 340;

    private ShopTraffic() {}

    /** How many sessions begin on the UTC day, against 1 on average. */
    static double share(long seed, LocalDate day) {
        double season = 1 + 0.12 * Math.cos(2 * Math.PI * (day.getDayOfYear() - BEST_DAY_OF_YEAR) / 365.25);
        double chance = 1 + 0.03 * Dice.of(seed, "traffic", day.toEpochDay(), 0).bell();
        return season * WEEKDAYS[day.getDayOfWeek().getValue() - 1] * Math.max(0.8, chance);
    }

    /** When a session begins, in seconds of the UTC day. */
    static int second(int hoursAhead, Dice dice) {
        int local = HOUR.pick(dice) * HOUR_SECONDS + dice.between(0, HOUR_SECONDS - 1);
        return Math.floorMod(local - hoursAhead * HOUR_SECONDS, DAY_SECONDS);
    }
}
