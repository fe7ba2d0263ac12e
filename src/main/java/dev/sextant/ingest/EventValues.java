package dev.sextant.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.engine.FieldType;
import dev.sextant.kernel.Instants;
import dev.sextant.kernel.Texts;
import dev.sextant.kernel.WholeNumber;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads single values of events, strictly: nothing is converted that could be meant otherwise. Pure. */
final class EventValues {

    /** What every engine of ours can hold, and every client can write. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private EventValues() {}

    /** The value in the form that {@link FieldType} says; null for null. */
    static @Nullable Object value(JsonNode json, FieldType type, String pointer) throws RejectedEvent {
        if (json.isNull()) {
            return null;
        }
        return switch (type) {
            case STRING -> text(json, pointer);
            case LONG, DECIMAL -> wholeNumber(json, pointer);
            case DOUBLE -> finite(json, pointer);
            case BOOLEAN -> truth(json, pointer);
            case TIMESTAMP -> instant(json, pointer);
            case JSON -> json(json, pointer).toString();
        };
    }

    /** The JSON as it is, if all of it can be stored. */
    static JsonNode json(JsonNode json, String pointer) throws RejectedEvent {
        if (json.isTextual()) {
            text(json, pointer);
        } else if (json.isNumber()) {
            requireFinite(json, pointer);
        }
        for (Map.Entry<String, JsonNode> member : json.properties()) {
            name(member.getKey(), pointer);
            json(member.getValue(), pointer);
        }
        for (int i = 0; json.isArray() && i < json.size(); i++) {
            json(json.get(i), pointer);
        }
        return json;
    }

    /** The name of a member, if it can be stored. */
    static String name(String name, String pointer) throws RejectedEvent {
        if (!Texts.areStorable(name)) {
            throw new RejectedEvent(pointer, "wrong_format", Texts.RULE);
        }
        return name;
    }

    /** The text of a string that can be stored. */
    static String text(JsonNode json, String pointer) throws RejectedEvent {
        require(json.isTextual(), pointer, "a string");
        return name(json.textValue(), pointer);
    }

    /** RFC 3339 with its offset, or milliseconds since 1970 as a whole number. */
    static Instant instant(JsonNode json, String pointer) throws RejectedEvent {
        try {
            if (json.isTextual()) {
                return inRange(Instants.parse(json.textValue()), pointer);
            }
            if (json.isIntegralNumber() && json.canConvertToLong()) {
                return inRange(Instant.ofEpochMilli(json.longValue()), pointer);
            }
        } catch (DateTimeException _) {
            // Told below: the parser's own text may quote the value.
        }
        throw mismatch(pointer, "an instant such as 2026-11-23T15:00:00.000Z, or milliseconds since 1970");
    }

    private static Instant inRange(Instant instant, String pointer) throws RejectedEvent {
        if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
            throw new RejectedEvent(pointer, "out_of_range", "An instant lies in the years 1 to 9999.");
        }
        return instant.truncatedTo(ChronoUnit.MICROS);
    }

    private static Long wholeNumber(JsonNode json, String pointer) throws RejectedEvent {
        require(json.isNumber() && json.canConvertToExactIntegral(), pointer, "a whole number");
        if (!json.canConvertToLong()) {
            throw new RejectedEvent(pointer, "out_of_range", "A whole number lies in -2^63 to 2^63 - 1.");
        }
        if (!WholeNumber.isLong(json)) {
            throw new RejectedEvent(
                    pointer, "out_of_range", "Beyond ±(2^53 - 1), a whole number has no point and no exponent.");
        }
        return json.longValue();
    }

    private static Boolean truth(JsonNode json, String pointer) throws RejectedEvent {
        require(json.isBoolean(), pointer, "true or false");
        return json.booleanValue();
    }

    private static Double finite(JsonNode json, String pointer) throws RejectedEvent {
        require(json.isNumber(), pointer, "a number");
        requireFinite(json, pointer);
        return json.doubleValue() + 0.0; // one zero only: -0.0 would be another key
    }

    private static void requireFinite(JsonNode json, String pointer) throws RejectedEvent {
        if (!Double.isFinite(json.doubleValue())) {
            throw new RejectedEvent(pointer, "out_of_range", "A number lies within ±1.8e308.");
        }
    }

    private static void require(boolean holds, String pointer, String wanted) throws RejectedEvent {
        if (!holds) {
            throw mismatch(pointer, wanted);
        }
    }

    private static RejectedEvent mismatch(String pointer, String wanted) {
        return new RejectedEvent(pointer, "type_mismatch", "This must be %s.".formatted(wanted));
    }
}
