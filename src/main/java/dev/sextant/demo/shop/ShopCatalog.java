package dev.sextant.demo.shop;

import dev.sextant.demo.shop.ShopEvent.Product;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the shop sells. */
final class ShopCatalog {

    /** Category, product, price in cents. */
    private static final String PRODUCTS = """
            Coffee|Espresso Roast 1 kg|2190
            Coffee|House Blend 1 kg|1990
            Coffee|Ethiopia Yirgacheffe 250 g|1190
            Coffee|Colombia Huila 250 g|1090
            Coffee|Decaf Blend 500 g|1390
            Coffee|Kenya AA 250 g|1390
            Coffee|Cold Brew Bags|1290
            Tea|Darjeeling First Flush 100 g|1490
            Tea|Earl Grey 250 g|990
            Tea|Sencha 100 g|1190
            Tea|Rooibos 250 g|790
            Tea|Matcha Ceremonial 30 g|2490
            Tea|Herbal Sampler|1590
            Machines|Espresso Machine Uno|49900
            Machines|Espresso Machine Duo|129900
            Machines|Filter Machine|14900
            Machines|Moka Pot 6 Cups|3490
            Machines|French Press 1 l|2990
            Grinders|Hand Grinder Travel|6900
            Grinders|Hand Grinder Pro|14900
            Grinders|Electric Grinder Flat|34900
            Grinders|Electric Grinder Filter|19900
            Brewing|Pour Over Dripper|1990
            Brewing|Paper Filters 100|590
            Brewing|Gooseneck Kettle|7900
            Brewing|Kitchen Scale with Timer|3990
            Brewing|Tamper 58 mm|2490
            Cups|Espresso Cups, Set of 4|2990
            Cups|Cappuccino Cups, Set of 2|2490
            Cups|Tea Glass, Double Wall|1490
            Cups|Travel Mug|2790
            Care|Descaler|1290
            Care|Cleaning Tablets|990
            Care|Grinder Brush|690
            Gifts|Tasting Box|3490
            Gifts|Gift Card 25|2500
            Gifts|Gift Card 50|5000
            """;

    private static final List<Product> ALL = read();
    private static final Choice<Product> BY_DEMAND = byDemand(ALL);
    private static final Map<String, Choice<Product>> CATEGORY_TO_CHOICE = ALL.stream()
            .collect(Collectors.groupingBy(
                    Product::category, Collectors.collectingAndThen(Collectors.toList(), ShopCatalog::byDemand)));

    private ShopCatalog() {}

    static Product pick(Dice dice) {
        return BY_DEMAND.pick(dice);
    }

    /** One that somebody may look at who has just looked at {@code other}. */
    static Product pickNear(Product other, Dice dice) {
        Choice<Product> near = CATEGORY_TO_CHOICE.get(other.category());
        return near == null || dice.chance(0.4) ? pick(dice) : near.pick(dice);
    }

    /** What a card is tried with: not worth a second look. */
    static Product cheapest() {
        return ALL.stream()
                .min(java.util.Comparator.comparingLong(Product::price))
                .orElseThrow();
    }

    /** The dearer, the rarer. */
    private static Choice<Product> byDemand(List<Product> products) {
        return Choice.of(products, product -> 1 / Math.sqrt((double) product.price()));
    }

    private static List<Product> read() {
        List<Product> products = new ArrayList<>();
        for (String line : PRODUCTS.lines().toList()) {
            List<String> parts = List.of(line.split("\\|"));
            String id = "p%02d".formatted(products.size() + 1);
            products.add(new Product(id, parts.get(1), parts.get(0), Long.parseLong(parts.get(2))));
        }
        return List.copyOf(products);
    }
}
