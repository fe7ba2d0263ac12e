package dev.sextant.demo.shop;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What brings a visitor to the shop, and how willing to buy. */
enum Channel {
    DIRECT(10, 34, 1.35),
    ORGANIC(34, 22, 1.0),
    ADS(25, 12, 0.8, "brand_search", "generic_search", "retargeting"),
    EMAIL(3, 20, 1.7, "newsletter", "cart_reminder"),
    SOCIAL(19, 6, 0.45, "video", "influencer"),
    AFFILIATE(9, 6, 0.9, "coupon_site", "review_blog");

    private static final Choice<Channel> OF_NEW = Choice.of(List.of(values()), channel -> channel.shareOfNew);
    private static final Choice<Channel> OF_RETURNING =
            Choice.of(List.of(values()), channel -> channel.shareOfReturning);

    private final int shareOfNew;
    private final int shareOfReturning;
    private final double appetite;
    private final List<String> campaigns;

    Channel(int shareOfNew, int shareOfReturning, double appetite, String... campaigns) {
        this.shareOfNew = shareOfNew;
        this.shareOfReturning = shareOfReturning;
        this.appetite = appetite;
        this.campaigns = List.of(campaigns);
    }

    static Channel pick(boolean newCustomer, Dice dice) {
        return (newCustomer ? OF_NEW : OF_RETURNING).pick(dice);
    }

    /** Against 1 for a visitor who found the shop by searching. */
    double appetite() {
        return appetite;
    }

    @Nullable
    String campaign(Dice dice) {
        return campaigns.isEmpty() ? null : campaigns.get(dice.between(0, campaigns.size() - 1));
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
