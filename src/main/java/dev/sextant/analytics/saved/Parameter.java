package dev.sextant.analytics.saved;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.kernel.Instants;
import java.math.BigInteger;
import java.time.DateTimeException;
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

    /** Strings stand for numbers that are too long for JSON, as everywhere. */
    private boolean takesOne(JsonNode value) {
        return switch (type) {
            case "string" -> value.isTextual();
            case "long" ->
                value.isIntegralNumber()
                        ? value.canConvertToLong()
                        : value.isTextual() && value.textValue().matches("-?[0-9]{1,19}") && isLong(value.textValue());
            case "double" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "timestamp" -> value.isTextual() && isTime(value.textValue());
            default -> false;
        };
    }

    private static boolean isLong(String digits) {
        return new BigInteger(digits).bitLength() < Long.SIZE;
    }

    private static boolean isTime(String text) {
        try {
            Instants.parse(text);
            return true;
        } catch (DateTimeException _) {
            return false;
        }
    }

    /** Such as {@code "a list of type long"}. */
    String kind() {
        String one = "of type " + type + (type.equals("timestamp") ? " (RFC 3339)" : "");
        return takesList() ? "a list, not empty, of values " + one : "a value " + one;
    }
}
