package dev.sextant.demo.shop;

import dev.sextant.demo.shop.ShopEvent.Customer;
import dev.sextant.demo.shop.ShopEvent.Item;
import dev.sextant.demo.shop.ShopEvent.Kind;
import dev.sextant.demo.shop.ShopEvent.Page;
import dev.sextant.demo.shop.ShopEvent.Payment;
import dev.sextant.demo.shop.ShopEvent.Visit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down what happens in one visit, one thing after the other; each takes its time. For one thread. */
final class ShopVisit {

    private static final double MEDIAN_LATENCY_MILLIS = 180;
    private static final double LATENCY_SPREAD = 0.55;
    private static final double MOBILE_SLOWDOWN = 1.5;

    private final String number;
    private final Visit visit;
    private final Dice dice;
    private final List<ShopEvent> events = new ArrayList<>();
    private Instant now;

    /** @param number names the visit among all that the shop ever has */
    ShopVisit(String number, Visit visit, Instant begin, Dice dice) {
        this.number = number;
        this.visit = visit;
        this.now = begin;
        this.dice = dice;
    }

    List<ShopEvent> events() {
        return events;
    }

    Customer customer() {
        return visit.customer();
    }

    String orderId() {
        return "ord_" + number;
    }

    void browses(Kind kind, @Nullable Item item, @Nullable String searchTerm) {
        add(kind, item, null, new Page(latencyMillis(), searchTerm));
    }

    void does(Kind kind, Item item) {
        add(kind, item, null, null);
    }

    void pays(Kind kind, Item item, Payment payment) {
        add(kind, item, payment, null);
    }

    /** What follows the visit, {@code secondsLater} after the last thing that happened in it. */
    void isFollowedBy(Kind kind, Payment payment, int secondsLater) {
        Instant later = now.plusSeconds(secondsLater);
        events.add(new ShopEvent(nextId(), later, kind, visit.over(), null, payment, null));
    }

    void waits(int leastSeconds, int mostSeconds) {
        now = now.plusMillis(dice.between(leastSeconds * 1000, mostSeconds * 1000));
    }

    private void add(Kind kind, @Nullable Item item, @Nullable Payment payment, @Nullable Page page) {
        events.add(new ShopEvent(nextId(), now, kind, visit, item, payment, page));
    }

    private String nextId() {
        return "evt_shop_" + number + "_" + events.size();
    }

    private int latencyMillis() {
        boolean isMobile = visit.customer().machine().device().equals("mobile");
        double median = MEDIAN_LATENCY_MILLIS * (isMobile ? MOBILE_SLOWDOWN : 1);
        return (int) Math.round(median * Math.exp(LATENCY_SPREAD * dice.bell()));
    }
}
