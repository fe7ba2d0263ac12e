package dev.sextant.demo.shop;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What brings visitors to the shop.
 *
 * @param shareOfNew of the first visits, in percent
 * @param shareOfReturning of all others, in percent
 * @param appetite how willing they are to buy; 1 for those who found the shop by searching
 */
record Channel(String name, int shareOfNew, int shareOfReturning, double appetite, List<String> campaigns) {

    static final Channel DIRECT = new Channel("direct", 10, 34, 1.35, List.of());

    private static final List<Channel> ALL = List.of(
            DIRECT,
            new Channel("organic", 34, 22, 1.0, List.of()),
            new Channel("ads", 25, 12, 0.8, List.of("brand_search", "generic_search", "retargeting")),
            new Channel("email", 3, 20, 1.7, List.of("newsletter", "cart_reminder")),
            new Channel("social", 19, 6, 0.45, List.of("video", "influencer")),
            new Channel("affiliate", 9, 6, 0.9, List.of("coupon_site", "review_blog")));

    private static final Choice<Channel> OF_NEW = Choice.of(ALL, Channel::shareOfNew);
    private static final Choice<Channel> OF_RETURNING = Choice.of(ALL, Channel::shareOfReturning);

    static Channel pick(boolean newCustomer, Dice dice) {
        return (newCustomer ? OF_NEW : OF_RETURNING).pick(dice);
    }

    @Nullable
    String campaign(Dice dice) {
        return campaigns.isEmpty() ? null : campaigns.get(dice.between(0, campaigns.size() - 1));
    }
}
