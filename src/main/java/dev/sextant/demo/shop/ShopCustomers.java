package dev.sextant.demo.shop;

import dev.sextant.demo.shop.ShopEvent.Customer;
import dev.sextant.demo.shop.ShopEvent.Machine;
import dev.sextant.demo.shop.ShopEvent.Place;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Who visits the shop. Nothing is remembered from day to day: a customer is the day and the number of the first visit,
 * and all else follows from these. Pure.
 *
 * <p>Of the visits, 45 % are first ones, 33 % come from those who first came in the last weeks (the longer ago, the
 * fewer), and 22 % from regulars, of whom few come very often: the {@code n}th by a chance that falls as {@code n^-0.375}.
 */
final class ShopCustomers {

    private static final double NEW_SHARE = 0.45;
    private static final double RECENT_SHARE = 0.33;
    private static final int REGULARS = 3_000;
    /** A regular's number is {@code REGULARS * u^1.6} for an even {@code u}. */
    private static final double REGULARS_POWER = 1.6;

    private static final int RECENT_DAYS_MAX = 60;

    /** Regulars have come since before the shop's data begins; their "first visits" are numbered on this day. */
    private static final long REGULARS_DAY = 0;

    private record Weighted(Machine machine, int share) {}

    private static final Choice<Weighted> MACHINES = Choice.of(
            List.of(
                    new Weighted(new Machine("mobile", "android"), 30),
                    new Weighted(new Machine("mobile", "ios"), 26),
                    new Weighted(new Machine("desktop", "windows"), 24),
                    new Weighted(new Machine("desktop", "macos"), 12),
                    new Weighted(new Machine("desktop", "linux"), 2),
                    new Weighted(new Machine("tablet", "ios"), 4),
                    new Weighted(new Machine("tablet", "android"), 2)),
            Weighted::share);

    private final ShopSize size;

    ShopCustomers(ShopSize size) {
        this.size = size;
    }

    /** Who comes in that session of that day. */
    Customer of(long day, int session, Dice dice) {
        if (isNew(day, session)) {
            return customer(day, session, true);
        }
        if (dice.chance(RECENT_SHARE / (1 - NEW_SHARE))) {
            long first = day - recentDays(dice);
            return customer(first, firstVisit(first, dice), false);
        }
        return customer(REGULARS_DAY, (int) (REGULARS * Math.pow(dice.share(), REGULARS_POWER)), false);
    }

    /** From 1 to {@code RECENT_DAYS_MAX}, most of them few: Pareto's distribution with the exponent 1. */
    private static long recentDays(Dice dice) {
        return Math.min(RECENT_DAYS_MAX, (long) (1 / (1 - dice.share())));
    }

    /** A session of that day that was somebody's first; of a day without any, just a session. */
    private int firstVisit(long day, Dice dice) {
        int sessions = size.sessions(LocalDate.ofEpochDay(day));
        int any = dice.between(0, Math.max(0, sessions - 1));
        return IntStream.range(any, any + sessions)
                .map(session -> session % sessions)
                .filter(session -> isNew(day, session))
                .findFirst()
                .orElse(any);
    }

    private boolean isNew(long day, int session) {
        return Dice.of(size.seed(), "new", day, session).chance(NEW_SHARE);
    }

    private Customer customer(long firstDay, int firstSession, boolean isNew) {
        Dice dice = Dice.of(size.seed(), "customer", firstDay, firstSession);
        Place place = ShopPlaces.pick(dice);
        return new Customer(
                "u_" + firstDay + "_" + firstSession,
                isNew,
                place,
                MACHINES.pick(dice).machine());
    }
}
