package dev.sextant.contract;

import dev.sextant.contract.Ledger.Sale;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A question about {@link Sales}, as it is sent, and answered by going through all events. */
record Question(
        List<Key> keys,
        List<Value> values,
        Condition condition,
        @Nullable BigInteger havingMax,
        boolean byFirstValue,
        int limit,
        JsonObject range,
        boolean unranged) {

    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /** What rows are grouped by. */
    private record Key(Object wire, Function<Sale, @Nullable Object> of) {}

    /** A measure. */
    private record Value(JsonObject wire, Function<List<Sale>, @Nullable Object> of) {}

    private record Condition(@Nullable JsonObject wire, Predicate<Sale> of) {}

    private static final List<Key> BUCKETS = List.of(
            bucket("15m", "UTC", time -> floor(time, Duration.ofMinutes(15))),
            bucket("1h", "Europe/Berlin", time -> floor(time, Duration.ofHours(1))),
            bucket("6h", "UTC", time -> floor(time, Duration.ofHours(6))),
            bucket("1d", "UTC", time -> floor(time, Duration.ofDays(1))),
            bucket(
                    "1d",
                    "Europe/Berlin",
                    time -> time.atZone(BERLIN).truncatedTo(ChronoUnit.DAYS).toInstant()),
            bucket(
                    "1w",
                    "UTC",
                    time -> time.atZone(ZoneOffset.UTC)
                            .truncatedTo(ChronoUnit.DAYS)
                            .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                            .toInstant()),
            bucket(
                    "1mo",
                    "Europe/Berlin",
                    time -> time.atZone(BERLIN)
                            .truncatedTo(ChronoUnit.DAYS)
                            .withDayOfMonth(1)
                            .toInstant()));

    private static final List<Key> FIELDS = List.of(
            new Key("country", Sale::country),
            new Key("gift", Sale::gift),
            new Key("amount", sale -> sale.amount() == null ? null : BigInteger.valueOf(sale.amount())));

    private static final List<Value> VALUES = List.of(
            new Value(aggregate("count", null), sales -> BigInteger.valueOf(sales.size())),
            new Value(aggregate("sum", "amount"), Question::sum),
            new Value(
                    aggregate("min", "amount"),
                    sales -> amounts(sales).min(Comparator.naturalOrder()).orElse(null)),
            new Value(
                    aggregate("max", "country"),
                    sales -> sales.stream()
                            .map(Sale::country)
                            .filter(Objects::nonNull)
                            .max(Question::byCodePoint)
                            .orElse(null)),
            new Value(
                    aggregate("avg", "amount"), sales -> average(amounts(sales).map(BigInteger::doubleValue))),
            new Value(aggregate("avg", "weight"), sales -> average(weights(sales))),
            new Value(
                    aggregate("sum", "weight"),
                    sales -> weights(sales).reduce(Double::sum).orElse(null)),
            new Value(new JsonObject().put("measure", "gift_share"), Question::giftShare),
            new Value(
                    aggregate("count_distinct", "user"),
                    sales -> BigInteger.valueOf(
                            sales.stream().map(Sale::user).distinct().count())));

    private static final List<Condition> CONDITIONS = List.of(
            new Condition(null, _ -> true),
            new Condition(
                    new JsonObject().put("field", "gift").put("op", "eq").put("value", true),
                    sale -> Boolean.TRUE.equals(sale.gift())),
            new Condition(
                    new JsonObject()
                            .put("field", "country")
                            .put("op", "nin")
                            .put("value", new JsonArray().add("DE").add("FR")),
                    sale -> !"DE".equals(sale.country()) && !"FR".equals(sale.country())));

    private static final List<String> LASTS = List.of("6h", "24h", "3d", "7d", "30d", "1mo");

    static Question any(Random random, Instant now) {
        List<Key> keys = new ArrayList<>();
        if (random.nextInt(10) < 6) {
            keys.add(one(BUCKETS, random));
        }
        FIELDS.stream().filter(_ -> random.nextInt(3) == 0).forEach(keys::add);
        List<Value> values = new ArrayList<>(VALUES.stream()
                .filter(value -> random.nextInt(3) == 0 && !isDistinct(value))
                .toList());
        if (random.nextInt(5) == 0 || values.isEmpty()) {
            values.add(VALUES.getLast());
        }
        boolean havings = isWhole(values.getFirst());
        return new Question(
                keys,
                values,
                one(CONDITIONS, random),
                havings && random.nextInt(4) == 0 ? BigInteger.valueOf(random.nextInt(1, 60)) : null,
                isWhole(values.getFirst()) && random.nextBoolean(),
                random.nextInt(3) == 0 ? random.nextInt(1, 9) : 1_000,
                range(random, now),
                random.nextInt(6) == 0);
    }

    private static JsonObject range(Random random, Instant now) {
        if (random.nextInt(3) > 0) {
            return new JsonObject().put("last", one(LASTS, random));
        }
        Instant to = floor(now, Duration.ofMinutes(10)).minus(Duration.ofHours(random.nextInt(-24, 400)));
        return new JsonObject()
                .put(
                        "from",
                        to.minus(Duration.ofMinutes(random.nextInt(60, 40_000))).toString())
                .put("to", to.toString());
    }

    private static <T> T one(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }

    private static boolean isDistinct(Value value) {
        return "count_distinct".equals(value.wire().getString("agg"));
    }

    private static boolean isWhole(Value value) {
        String agg = value.wire().getString("agg", "");
        return agg.startsWith("count")
                || (agg.equals("sum") && "amount".equals(value.wire().getString("field")));
    }

    private static JsonObject aggregate(String agg, @Nullable String field) {
        JsonObject wire = new JsonObject().put("agg", agg);
        return field == null ? wire : wire.put("field", field);
    }

    private static Key bucket(String grain, String zone, Function<Instant, Instant> start) {
        JsonObject wire =
                new JsonObject().put("time", "time").put("grain", grain).put("tz", zone);
        return new Key(wire, sale -> start.apply(sale.time()));
    }

    private static Instant floor(Instant time, Duration width) {
        long millis = width.toMillis();
        return Instant.ofEpochMilli(Math.floorDiv(time.toEpochMilli(), millis) * millis);
    }

    String body() {
        JsonObject body = new JsonObject()
                .put("dataset", "sales")
                .put(
                        "measures",
                        new JsonArray(values.stream()
                                .map(value -> value.wire().copy().put("as", name(value)))
                                .toList()))
                .put("dimensions", new JsonArray(keys.stream().map(Key::wire).toList()))
                .put("limit", limit);
        if (condition.wire() != null) {
            body.put("filter", condition.wire());
        }
        if (!unranged) {
            body.put("time_range", range);
        }
        if (havingMax != null) {
            body.put(
                    "having",
                    new JsonObject().put("field", "v0").put("op", "lte").put("value", havingMax));
        }
        if (byFirstValue) {
            body.put(
                    "order",
                    new JsonArray().add(new JsonObject().put("by", "v0").put("dir", "desc")));
        }
        return body.encode();
    }

    private String name(Value value) {
        return "v" + values.indexOf(value);
    }

    Expected answer(List<Sale> sales) {
        List<Sale> looked = sales.stream().filter(condition.of()).toList();
        Map<List<@Nullable Object>, List<Sale>> groups = new LinkedHashMap<>();
        if (keys.isEmpty()) {
            groups.put(List.of(), new ArrayList<>());
        }
        for (Sale sale : looked) {
            List<@Nullable Object> group = new ArrayList<>();
            keys.forEach(key -> group.add(key.of().apply(sale)));
            groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(sale);
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        groups.forEach((group, members) -> {
            List<@Nullable Object> row = new ArrayList<>(group);
            row.addAll(measured(members));
            rows.add(row);
        });
        if (havingMax != null) {
            rows.removeIf(
                    row -> !(row.get(keys.size()) instanceof BigInteger first && first.compareTo(havingMax) <= 0));
        }
        rows.sort(this::compare);
        boolean hasMore = rows.size() > limit;
        List<List<@Nullable Object>> shown = (hasMore ? rows.subList(0, limit) : rows)
                .stream().map(Question::told).toList();
        return new Expected(shown, measured(looked), hasMore);
    }

    private List<@Nullable Object> measured(List<Sale> sales) {
        List<@Nullable Object> measured = new ArrayList<>();
        values.forEach(value -> measured.add(value.of().apply(sales)));
        return measured;
    }

    private static List<@Nullable Object> told(List<@Nullable Object> row) {
        List<@Nullable Object> told = new ArrayList<>();
        row.forEach(value -> told.add(value instanceof Instant start ? MILLIS.format(start) : value));
        return told;
    }

    private int compare(List<@Nullable Object> one, List<@Nullable Object> other) {
        if (byFirstValue) {
            Object first = one.get(keys.size());
            Object second = other.get(keys.size());
            int byValue = first == null || second == null
                    ? Boolean.compare(first == null, second == null)
                    : -compare(first, second);
            if (byValue != 0) {
                return byValue;
            }
        }
        for (int i = 0; i < keys.size(); i++) {
            Object first = one.get(i);
            Object second = other.get(i);
            int byKey = first == null || second == null
                    ? Boolean.compare(first == null, second == null)
                    : compare(first, second);
            if (byKey != 0) {
                return byKey;
            }
        }
        return 0;
    }

    private static int compare(Object one, Object other) {
        return switch (one) {
            case BigInteger whole -> whole.compareTo((BigInteger) other);
            case Boolean truth -> truth.compareTo((Boolean) other);
            case Instant instant -> instant.compareTo((Instant) other);
            default -> byCodePoint((String) one, (String) other);
        };
    }

    private static int byCodePoint(String one, String other) {
        return java.util.Arrays.compare(
                one.codePoints().toArray(), other.codePoints().toArray());
    }

    private static Stream<BigInteger> amounts(List<Sale> sales) {
        return sales.stream().map(Sale::amount).filter(Objects::nonNull).map(BigInteger::valueOf);
    }

    private static @Nullable BigInteger sum(List<Sale> sales) {
        return amounts(sales).reduce(BigInteger::add).orElse(null);
    }

    private static Stream<Double> weights(List<Sale> sales) {
        return sales.stream().map(Sale::weight).filter(Objects::nonNull);
    }

    private static @Nullable Double average(Stream<Double> values) {
        List<Double> all = values.toList();
        return all.isEmpty()
                ? null
                : all.stream().mapToDouble(Double::doubleValue).sum() / all.size();
    }

    private static @Nullable Double giftShare(List<Sale> sales) {
        long gifts =
                sales.stream().filter(sale -> Boolean.TRUE.equals(sale.gift())).count();
        return sales.isEmpty() ? null : (double) gifts / sales.size();
    }
}
