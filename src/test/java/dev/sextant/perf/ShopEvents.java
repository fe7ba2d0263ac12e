package dev.sextant.perf;

import java.time.Instant;
import java.util.Locale;
import java.util.Random;

/** Events of made-up shops over 90 days, the same ones each time; and the model that they have. */
final class ShopEvents {

    static final String DATASET = "events";

    static final String MODEL = """
            {"time":"time","entity":"user_id","event":"event","session":"session_id",
             "dimensions":[{"name":"country","type":"string"},{"name":"region","type":"string"},{"name":"city","type":"string"},
               {"name":"channel","type":"string"},{"name":"browser","type":"string"},{"name":"sku","type":"string"},
               {"name":"amount","type":"long","unit":"cents"},{"name":"latency_ms","type":"long","unit":"ms"}],
             "hierarchies":[{"name":"place","levels":["country","region","city"]}],
             "measures":[{"name":"orders","agg":"count","filter":{"field":"event","op":"eq","value":"purchase"}},
               {"name":"revenue","agg":"sum","field":"amount"}],
             "segments":[{"name":"buyers","filter":{"field":"event","op":"eq","value":"purchase"}}]}""";

    /** The first moment, and the first that is no more. */
    static final Instant FROM = Instant.parse("2026-06-01T00:00:00Z");

    static final Instant TO = Instant.parse("2026-08-30T00:00:00Z");

    private static final String[] COUNTRIES = {"DE", "FR", "US", "GB", "ES", "IT", "NL", "PL", "JP", "BR", "IN", "SE"};
    private static final String[] CHANNELS = {"ads", "email", "direct", "search", "social", "affiliate"};
    private static final String[] BROWSERS = {"chrome", "safari", "firefox", "edge"};
    private static final String[] EVENTS = {"view", "view", "view", "view", "cart", "checkout", "purchase"};
    private static final int USERS = 50_000;
    private static final int SKUS = 20_000;

    private final Random random;
    private final long fromMillis;
    private final long spanMillis;

    private ShopEvents(long seed, Instant from, Instant to) {
        this.random = new Random(seed);
        this.fromMillis = from.toEpochMilli();
        this.spanMillis = to.toEpochMilli() - fromMillis;
    }

    static ShopEvents history(int tenant) {
        return new ShopEvents(tenant, FROM, TO);
    }

    /** Events of a stretch of time. */
    static ShopEvents between(long seed, Instant from, Instant to) {
        return new ShopEvents(seed, from, to);
    }

    /** The next events, a line each. */
    String lines(int count) {
        StringBuilder lines = new StringBuilder(count * 280);
        for (int i = 0; i < count; i++) {
            append(lines);
        }
        return lines.toString();
    }

    private void append(StringBuilder line) {
        String event = EVENTS[random.nextInt(EVENTS.length)];
        int place = fewOften(COUNTRIES.length);
        int user = fewOften(USERS);
        line.append("{\"time\":\"")
                .append(Instant.ofEpochMilli(fromMillis + (long) (random.nextDouble() * spanMillis)))
                .append("\",\"event\":\"")
                .append(event)
                .append("\",\"user_id\":\"u")
                .append(user)
                .append("\",\"session_id\":\"s")
                .append(user * 8 + random.nextInt(8))
                .append("\",\"country\":\"")
                .append(COUNTRIES[place])
                .append("\",\"region\":\"")
                .append(COUNTRIES[place])
                .append(random.nextInt(8))
                .append("\",\"city\":\"city ")
                .append(fewOften(400))
                .append("\",\"channel\":\"")
                .append(CHANNELS[fewOften(CHANNELS.length)])
                .append("\",\"browser\":\"")
                .append(BROWSERS[fewOften(BROWSERS.length)])
                .append("\",\"sku\":\"sku-")
                .append(fewOften(SKUS))
                .append("\",\"amount\":")
                .append(event.equals("purchase") ? 500 + random.nextInt(20_000) : 0)
                .append(",\"latency_ms\":")
                .append((long) Math.exp(random.nextGaussian() * 0.8 + 4))
                .append("}\n");
    }

    /** A number below {@code bound}, the smaller the more often. */
    private int fewOften(int bound) {
        double uniform = random.nextDouble();
        return (int) (bound * uniform * uniform * uniform);
    }

    /** How many of {@code events} each of {@code tenants} has, the first the most (Zipf, exponent 1). */
    static int[] shares(int events, int tenants) {
        double sum = 0;
        for (int rank = 1; rank <= tenants; rank++) {
            sum += 1.0 / rank;
        }
        int[] shares = new int[tenants];
        for (int rank = 1; rank <= tenants; rank++) {
            shares[rank - 1] = (int) (events / (rank * sum));
        }
        return shares;
    }

    static String at(Instant instant) {
        return String.format(Locale.ROOT, "\"%s\"", instant);
    }
}
