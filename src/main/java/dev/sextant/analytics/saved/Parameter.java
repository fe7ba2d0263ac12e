package dev.sextant.analytics.saved;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.kernel.Instants;
import dev.sextant.kernel.WholeNumber;
import dev.sextant.query.model.TimeRange;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A value of a saved query's filters that is given when it is run.
 *
 * @param type of the value, or of each where it is a list: {@code string long double boolean timestamp}
 * @param list null, as false: one value
 * @param byDefault null where it must be given
 */
record Parameter(
        String name,
        String type,
        @Nullable Boolean list,
        @Nullable @JsonProperty("default") JsonNode byDefault,
        @Nullable String description) {

    boolean takesList() {
        return Boolean.TRUE.equals(list);
    }

    boolean hasDefault() {
        return byDefault != null && !byDefault.isNull();
    }

    boolean takes(JsonNode value) {
        if (!takesList()) {
            return takesOne(value);
        }
        if (!value.isArray() || value.isEmpty()) {
            return false;
        }
        for (JsonNode one : value) {
            if (!takesOne(one)) {
                return false;
            }
        }
        return true;
    }

    /** What a filter takes of a field of that type. */
    private boolean takesOne(JsonNode value) {
        return switch (type) {
            case "string" -> value.isTextual();
            case "long" -> WholeNumber.isLong(value);
            case "double" -> isFinite(value);
            case "boolean" -> value.isBoolean();
            case "timestamp" -> value.isTextual() && isTime(value.textValue());
            default -> false;
        };
    }

    private static boolean isFinite(JsonNode value) {
        return value.isNumber() && Double.isFinite(value.doubleValue());
    }

    private static boolean isTime(String text) {
        try {
            Instant instant = Instants.parse(text);
            return instant.truncatedTo(ChronoUnit.MICROS).equals(instant)
                    && !instant.isBefore(TimeRange.EARLIEST)
                    && !instant.isAfter(TimeRange.LATEST);
        } catch (DateTimeException _) {
            return false;
        }
    }

    /** Such as {@code "a list of type long"}. */
    String kind() {
        String one = "of type " + type + (type.equals("timestamp") ? " (RFC 3339, whole microseconds)" : "");
        return takesList() ? "a list, not empty, of values " + one : "a value " + one;
    }
}
