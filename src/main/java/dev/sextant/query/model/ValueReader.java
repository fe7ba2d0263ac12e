package dev.sextant.query.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.engine.FieldType;
import dev.sextant.kernel.Instants;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.kernel.WholeNumber;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Reads values that fields are compared with, in the form that {@code FieldType} says. */
final class ValueReader {

    private ValueReader() {}

    /** Null, and refused, where it does not fit the type. */
    static @Nullable Object read(Place place, String field, FieldType type) {
        return switch (type) {
            case STRING, JSON -> Fields.isPath(field) ? scalar(place, field) : string(place, field);
            case LONG -> whole(place, field);
            case DECIMAL -> decimal(place, field);
            case DOUBLE -> place.value().isNumber() ? number(place) : mismatch(place, field, "double: give a number");
            case BOOLEAN ->
                place.value().isBoolean()
                        ? (Object) place.value().booleanValue()
                        : mismatch(place, field, "boolean: give true or false");
            case TIMESTAMP -> place.value().isTextual() ? instant(place) : mismatch(place, field, "timestamp: " + RFC);
        };
    }

    private static final String RFC = "give an RFC 3339 instant such as \"2026-11-23T15:00:00Z\"";

    private static @Nullable Object string(Place place, String field) {
        return place.value().isTextual() ? safeText(place) : mismatch(place, field, "string: give a string");
    }

    /** What is not declared has no type but the value's. A boolean is compared as text. */
    private static @Nullable Object scalar(Place place, String field) {
        JsonNode value = place.value();
        if (value.isNumber()) {
            return number(place);
        }
        if (value.isBoolean()) {
            return value.asText();
        }
        return value.isTextual() ? safeText(place) : mismatch(place, field, "not declared: give a string or a number");
    }

    /** No engine keeps a text with U+0000 or half a surrogate pair. */
    private static @Nullable String safeText(Place place) {
        String text = place.value().textValue();
        boolean keepable = text.codePoints().allMatch(point -> point != 0 && (point < 0xD800 || point > 0xDFFF));
        if (!keepable) {
            place.refuse("must not hold U+0000 or unpaired surrogates");
            return null;
        }
        return text;
    }

    private static @Nullable Object whole(Place place, String field) {
        BigInteger whole = WholeNumber.of(place.value());
        if (whole == null || whole.bitLength() > 63) {
            return mismatch(
                    place, field, "long: give a whole number of 64 bits, beyond 2^53 without point and exponent");
        }
        return whole.longValueExact();
    }

    private static @Nullable Object decimal(Place place, String field) {
        BigInteger whole = WholeNumber.of(place.value());
        if (whole == null || whole.bitLength() > 126) {
            return mismatch(
                    place,
                    field,
                    "a sum of whole numbers: give a whole number, beyond 2^53 without point and exponent");
        }
        return whole;
    }

    private static @Nullable Double number(Place place) {
        double number = place.value().doubleValue();
        if (Double.isInfinite(number)) {
            place.refuse("is out of the range of a double");
            return null;
        }
        return number == 0 ? 0.0 : number; // one zero only: -0.0 would be another key
    }

    /** Null, and refused, where it is no RFC 3339 instant of whole microseconds between the years 1 and 9999. */
    static @Nullable Instant instant(Place place) {
        String text = place.text();
        if (text == null) {
            return null;
        }
        try {
            Instant instant = Instants.parse(text);
            if (instant.truncatedTo(ChronoUnit.MICROS).equals(instant)
                    && !instant.isBefore(TimeRange.EARLIEST)
                    && !instant.isAfter(TimeRange.LATEST)) {
                return instant;
            }
            place.refuse("must be whole microseconds, in the years 0001 to 9999");
        } catch (DateTimeException _) {
            place.refuse(RFC);
        }
        return null;
    }

    private static @Nullable Object mismatch(Place place, String field, String detail) {
        place.refuse(Reason.TYPE_MISMATCH, "Field '%s' is %s".formatted(field, detail));
        return null;
    }
}
