package dev.sextant.demo.shop;

import dev.sextant.demo.shop.ShopEvent.Customer;
import dev.sextant.demo.shop.ShopEvent.Machine;
import dev.sextant.demo.shop.ShopEvent.Visit;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * A shop that does not exist, day by day: the same seed and day yield the same events. Pure.
 *
 * <p>A day's events are those of the visits that begin on it (UTC), with all that follows from them: the last ones of a
 * visit may fall on the next day, refunds and chargebacks up to {@link #AFTERMATH_DAYS_MAX} days later.
 */
public final class ShopGenerator {

    /** Nothing happens later than this after its visit. */
    static final int AFTERMATH_DAYS_MAX = 13;

    private static final double CARD_TESTING = 0.3;

    private final ShopSize size;
    private final ShopCustomers customers;

    public ShopGenerator(ShopSize size) {
        this.size = size;
        this.customers = new ShopCustomers(size);
    }

    /** In no order. */
    List<ShopEvent> events(LocalDate day) {
        List<ShopEvent> events = new ArrayList<>();
        int sessions = size.sessions(day);
        for (int session = 0; session < sessions; session++) {
            events.addAll(honest(day, session));
        }
        Dice dice = Dice.of(size.seed(), "fraud", day.toEpochDay(), 0);
        if (dice.chance(CARD_TESTING)) {
            events.addAll(fraudulent(day, dice));
        }
        return events;
    }

    private List<ShopEvent> honest(LocalDate day, int session) {
        Dice dice = Dice.of(size.seed(), "session", day.toEpochDay(), session);
        Customer customer = customers.of(day.toEpochDay(), session, dice);
        Channel channel = Channel.pick(customer.newCustomer(), dice);
        String number = day.toEpochDay() + "_" + session;
        Visit visit = new Visit("ses_" + number, customer, channel.name(), channel.campaign(dice));
        Instant begin = begin(day, ShopTraffic.second(ShopPlaces.hoursAhead(customer.place()), dice), dice);
        ShopVisit diary = new ShopVisit(number, visit, begin, dice);
        new Shopper(diary, channel, dice).go();
        return diary.events();
    }

    private List<ShopEvent> fraudulent(LocalDate day, Dice dice) {
        String number = day.toEpochDay() + "_x";
        Customer thief = new Customer("u_" + number, true, ShopPlaces.pick(dice), new Machine("desktop", "linux"));
        Visit visit = new Visit("ses_" + number, thief, Channel.DIRECT.name(), null);
        ShopVisit diary = new ShopVisit(number, visit, begin(day, dice.between(0, 86_399), dice), dice);
        new CardTester(diary, dice).go();
        return diary.events();
    }

    private static Instant begin(LocalDate day, int second, Dice dice) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant().plusSeconds(second).plusMillis(dice.between(0, 999));
    }
}
