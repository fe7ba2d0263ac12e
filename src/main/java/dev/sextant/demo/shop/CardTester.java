package dev.sextant.demo.shop;

import dev.sextant.demo.shop.ShopEvent.Item;
import dev.sextant.demo.shop.ShopEvent.Kind;
import dev.sextant.demo.shop.ShopEvent.Payment;

/**
 * How a thief goes through the shop: tries one stolen card after the other on the cheapest thing there is, within
 * minutes. Most are declined; what goes through is charged back by the cards' owners, days later.
 */
record CardTester(ShopVisit visit, Dice dice) {

    private static final int CARDS_MIN = 15;
    private static final int CARDS_MAX = 45;
    private static final double GOES_THROUGH = 0.1;
    private static final double CHARGED_BACK = 0.85;
    private static final int DAY_SECONDS = 86_400;

    void go() {
        Item bait = new Item(ShopCatalog.cheapest(), 1);
        visit.browses(Kind.SESSION_START, null, null);
        visit.waits(2, 6);
        visit.browses(Kind.PRODUCT_VIEW, bait, null);
        visit.waits(1, 4);
        visit.does(Kind.ADD_TO_CART, bait);
        visit.waits(1, 4);
        visit.does(Kind.CHECKOUT, bait);
        int cards = dice.between(CARDS_MIN, CARDS_MAX);
        for (int i = 0; i < cards; i++) {
            visit.waits(3, 25);
            tryCard(bait, visit.orderId() + "_" + i, "card_" + visit.customer().userId() + "_" + i);
        }
    }

    private void tryCard(Item bait, String order, String card) {
        if (!dice.chance(GOES_THROUGH)) {
            visit.pays(Kind.PAYMENT_DECLINED, bait, new Payment(order, null, "card", card));
            return;
        }
        long amount = bait.product().price();
        visit.pays(Kind.PURCHASE, bait, new Payment(order, amount, "card", card));
        if (dice.chance(CHARGED_BACK)) {
            visit.isFollowedBy(
                    Kind.CHARGEBACK,
                    new Payment(order, -amount, "card", card),
                    dice.between(2 * DAY_SECONDS, ShopGenerator.AFTERMATH_DAYS_MAX * DAY_SECONDS));
        }
    }
}
