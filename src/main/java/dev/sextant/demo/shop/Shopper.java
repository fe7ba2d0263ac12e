package dev.sextant.demo.shop;

import dev.sextant.demo.shop.ShopEvent.Item;
import dev.sextant.demo.shop.ShopEvent.Kind;
import dev.sextant.demo.shop.ShopEvent.Payment;
import dev.sextant.demo.shop.ShopEvent.Product;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How an honest visitor goes through the shop: looks, searches, fills a cart, pays, and perhaps sends things back. */
final class Shopper {

    private static final double BOUNCE_NEW = 0.40;
    private static final double BOUNCE_RETURNING = 0.25;
    private static final double SEARCH = 0.3;
    private static final double LOOKS_ON = 0.66;
    private static final int LOOKS_MAX = 14;
    private static final double FILLS_CART = 0.11;
    private static final double CHECKS_OUT = 0.60;
    private static final double GOES_THROUGH = 0.85;
    private static final double DECLINED = 0.05;
    private static final double REFUND = 0.06;

    /** Of the chance to fill a cart; 1 is a returning visitor at a tablet. */
    private static final Map<String, Double> DEVICE_TO_APPETITE = Map.of("desktop", 1.3, "mobile", 0.85, "tablet", 1.0);

    private static final double APPETITE_NEW = 0.7;
    private static final double APPETITE_RETURNING = 1.3;

    private static final long FREE_SHIPPING_CENTS = 4_900;
    private static final long SHIPPING_CENTS = 490;
    private static final int DAY_SECONDS = 86_400;
    private static final List<String> METHODS = List.of("card", "card", "paypal", "paypal", "invoice");

    private final ShopVisit visit;
    private final Dice dice;
    private final double appetite;
    private final List<Product> seen = new ArrayList<>();

    Shopper(ShopVisit visit, Channel channel, Dice dice) {
        this.visit = visit;
        this.dice = dice;
        this.appetite = channel.appetite()
                * DEVICE_TO_APPETITE.getOrDefault(visit.customer().machine().device(), 1.0)
                * (visit.customer().newCustomer() ? APPETITE_NEW : APPETITE_RETURNING);
    }

    void go() {
        visit.browses(Kind.SESSION_START, null, null);
        if (dice.chance(visit.customer().newCustomer() ? BOUNCE_NEW : BOUNCE_RETURNING)) {
            return;
        }
        look();
        if (dice.chance(FILLS_CART * appetite)) {
            buy();
        }
    }

    private void look() {
        Product product = ShopCatalog.pick(dice);
        if (dice.chance(SEARCH)) {
            visit.waits(4, 40);
            visit.browses(Kind.SEARCH, null, term(product));
        }
        int looks = 1 + dice.times(LOOKS_ON, LOOKS_MAX - 1);
        for (int i = 0; i < looks; i++) {
            visit.waits(5, 90);
            visit.browses(Kind.PRODUCT_VIEW, new Item(product, 1), null);
            seen.add(product);
            product = ShopCatalog.pickNear(product, dice);
        }
    }

    /** The first word of the product's name, as people type. */
    private static String term(Product product) {
        return product.product().split(" ", 2)[0].toLowerCase(java.util.Locale.ROOT);
    }

    private void buy() {
        List<Item> cart = fillCart();
        if (!dice.chance(CHECKS_OUT)) {
            return;
        }
        visit.waits(20, 180);
        visit.does(Kind.CHECKOUT, cart.getFirst());
        if (dice.chance(GOES_THROUGH)) {
            pay(cart);
        }
    }

    private List<Item> fillCart() {
        List<Item> cart = new ArrayList<>();
        List<Product> wanted = seen.reversed().stream()
                .distinct()
                .limit(1 + dice.times(0.3, 3))
                .toList();
        for (Product product : wanted) {
            Item item = new Item(product, 1 + dice.times(0.2, 3));
            visit.waits(5, 60);
            visit.does(Kind.ADD_TO_CART, item);
            cart.add(item);
        }
        return cart;
    }

    private void pay(List<Item> cart) {
        String method = METHODS.get(dice.between(0, METHODS.size() - 1));
        String card = method.equals("card") ? "card_" + visit.customer().userId() : null;
        Item first = cart.getFirst();
        int quantity = cart.stream().mapToInt(Item::quantity).sum();
        visit.waits(20, 150);
        if (card != null && dice.chance(DECLINED)) {
            visit.pays(Kind.PAYMENT_DECLINED, first, new Payment(visit.orderId(), null, method, card));
            visit.waits(15, 120);
            if (dice.chance(0.5)) {
                return;
            }
        }
        long amount = amount(cart);
        visit.pays(
                Kind.PURCHASE, new Item(first.product(), quantity), new Payment(visit.orderId(), amount, method, card));
        if (dice.chance(REFUND)) {
            sendBack(new Payment(visit.orderId(), -(dice.chance(0.3) ? (amount + 1) / 2 : amount), method, card));
        }
    }

    private void sendBack(Payment refund) {
        visit.isFollowedBy(
                Kind.REFUND, refund, dice.between(DAY_SECONDS, ShopGenerator.AFTERMATH_DAYS_MAX * DAY_SECONDS));
    }

    private static long amount(List<Item> cart) {
        long goods = cart.stream()
                .mapToLong(item -> item.product().price() * item.quantity())
                .sum();
        return goods < FREE_SHIPPING_CENTS ? goods + SHIPPING_CENTS : goods;
    }
}
