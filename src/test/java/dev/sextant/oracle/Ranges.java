package dev.sextant.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneOffset;

/** The time that {@code last} means. */
final class Ranges {

    private Ranges() {}

    /** The end: when the step ends that now lies in. */
    static Instant to(JsonNode query, Instant now) {
        long step = step(query);
        return Instant.ofEpochSecond((now.getEpochSecond() / step + 1) * step);
    }

    static Instant from(JsonNode query, Instant to) {
        String last = Buckets.grain(query.at("/time_range/last").textValue());
        int amount = amount(last);
        return switch (unit(last)) {
            case "mo" -> to.atOffset(ZoneOffset.UTC).minusMonths(amount).toInstant();
            case "q" -> to.atOffset(ZoneOffset.UTC).minusMonths(3L * amount).toInstant();
            case "y" -> to.atOffset(ZoneOffset.UTC).minusYears(amount).toInstant();
            default -> to.minusSeconds(seconds(last));
        };
    }

    /** The finest grain that is asked for, or else a 600th of the range; from 1 s to 60 s. */
    private static long step(JsonNode query) {
        long step = Oracle.list(query.path("dimensions")).stream()
                .filter(dimension -> dimension.has("grain"))
                .mapToLong(dimension ->
                        seconds(Buckets.grain(dimension.get("grain").textValue())))
                .min()
                .orElseGet(
                        () -> seconds(Buckets.grain(query.at("/time_range/last").textValue())) / 600);
        return Math.clamp(step, 1, 60);
    }

    private static int amount(String grain) {
        return Integer.parseInt(grain.substring(0, grain.length() - unit(grain).length()));
    }

    private static String unit(String grain) {
        return grain.replaceAll("[0-9]", "");
    }

    /** What is longer than a day is only ever compared with a minute here. */
    private static long seconds(String grain) {
        long unit = switch (unit(grain)) {
            case "s" -> 1;
            case "m" -> 60;
            case "h" -> 3600;
            case "w" -> 7 * 86_400;
            case "mo" -> 28 * 86_400;
            default -> 86_400;
        };
        return unit * amount(grain);
    }
}
