package dev.sextant.contract;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The events that a test sent, as a plain list. */
final class Ledger {

    /** In UTF-16, the last one sorts before the one before it. */
    private static final List<String> COUNTRIES = List.of("DE", "FR", "de", "é", "\uff5e", "\ud83d\ude00");

    /** One event of {@link Sales#MODEL}. */
    record Sale(
            Instant time,
            String user,
            @Nullable String country,
            @Nullable Long amount,
            @Nullable Double weight,
            @Nullable Boolean gift) {}

    private final List<Sale> sales = new ArrayList<>();
    private int added;

    /** Makes an event, and gives it as it is sent. */
    JsonObject add(Instant time, Random random) {
        Sale sale = new Sale(
                time,
                "u" + random.nextInt(5),
                rare(random) ? null : COUNTRIES.get(random.nextInt(COUNTRIES.size())),
                rare(random) ? null : amount(random),
                rare(random) ? null : random.nextInt(-400, 400) / 8.0,
                rare(random) ? null : (Boolean) random.nextBoolean());
        sales.add(sale);
        added++;
        return new JsonObject()
                .put("event_id", "s" + added)
                .put("time", time.toString())
                .put("user", sale.user())
                .put("country", sale.country())
                .put("amount", sale.amount())
                .put("weight", sale.weight())
                .put("gift", sale.gift());
    }

    private static boolean rare(Random random) {
        return random.nextInt(8) == 0;
    }

    private static long amount(Random random) {
        return random.nextInt(30) == 0 ? Long.MAX_VALUE - random.nextInt(3) : random.nextInt(-50, 200);
    }

    /** Removes a user's events of the range; how many there were. */
    int remove(String user, Instant from, Instant to) {
        int before = sales.size();
        sales.removeIf(sale -> sale.user().equals(user)
                && !sale.time().isBefore(from)
                && sale.time().isBefore(to));
        return before - sales.size();
    }

    /** @param range of an answer; null for all time */
    List<Sale> within(@Nullable JsonObject range) {
        if (range == null) {
            return List.copyOf(sales);
        }
        Instant from = Instant.parse(range.getString("from"));
        Instant to = Instant.parse(range.getString("to"));
        return sales.stream()
                .filter(sale -> !sale.time().isBefore(from) && sale.time().isBefore(to))
                .toList();
    }
}
