package dev.sextant.demo.shop;

import dev.sextant.demo.shop.ShopEvent.Place;
import java.util.List;
import java.util.Map;

/** Where the shop's customers live. */
final class ShopPlaces {

    /** @param share of the customers, in percent, roughly */
    private record Town(Place place, double share) {}

    private static final String TOWNS = """
            DE|Berlin|Berlin|8
            DE|Hamburg|Hamburg|5
            DE|Bavaria|Munich|6
            DE|Bavaria|Nuremberg|2
            DE|Bavaria|Augsburg|1
            DE|North Rhine-Westphalia|Cologne|5
            DE|North Rhine-Westphalia|Dortmund|2
            DE|North Rhine-Westphalia|Bonn|1
            DE|Hesse|Frankfurt|4
            DE|Saxony|Leipzig|2
            DE|Saxony|Dresden|2
            AT|Vienna|Vienna|5
            AT|Styria|Graz|1
            AT|Tyrol|Innsbruck|1
            CH|Zurich|Zurich|3
            CH|Bern|Bern|1
            CH|Geneva|Geneva|1
            FR|Île-de-France|Paris|7
            FR|Auvergne-Rhône-Alpes|Lyon|3
            FR|Provence-Alpes-Côte d'Azur|Marseille|2
            NL|North Holland|Amsterdam|4
            NL|South Holland|Rotterdam|2
            NL|Utrecht|Utrecht|1
            IT|Lombardy|Milan|4
            IT|Lazio|Rome|2
            ES|Madrid|Madrid|3
            ES|Catalonia|Barcelona|3
            GB|England|London|6
            GB|England|Manchester|2
            GB|Scotland|Edinburgh|1
            US|New York|New York|4
            US|California|San Francisco|2
            US|California|Los Angeles|1
            US|Washington|Seattle|1
            """;

    /** How far the clocks are ahead of UTC, in hours, in winter; the shop knows no summer time. */
    private static final Map<String, Integer> COUNTRY_TO_HOURS =
            Map.of("DE", 1, "AT", 1, "CH", 1, "FR", 1, "NL", 1, "IT", 1, "ES", 1, "GB", 0, "US", -6);

    private static final Choice<Town> CHOICE =
            Choice.of(TOWNS.lines().map(ShopPlaces::town).toList(), Town::share);

    private ShopPlaces() {}

    static Place pick(Dice dice) {
        return CHOICE.pick(dice).place();
    }

    static int hoursAhead(Place place) {
        return COUNTRY_TO_HOURS.getOrDefault(place.country(), 0);
    }

    private static Town town(String line) {
        List<String> parts = List.of(line.split("\\|"));
        return new Town(new Place(parts.get(0), parts.get(1), parts.get(2)), Double.parseDouble(parts.get(3)));
    }
}
