package dev.sextant.query.cache;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sextant.engine.FieldType;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes the values of rows as JSON. Pure. */
public final class JsonValues {

    /** Beyond ±(2^53 - 1) a double, which is what most readers of JSON have, tells whole numbers apart no more. */
    private static final long SAFE_MAX = (1L << 53) - 1;

    private static final BigInteger BIG_SAFE_MAX = BigInteger.valueOf(SAFE_MAX);
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);
    private static final DateTimeFormatter MICROS =
            new DateTimeFormatterBuilder().appendInstant(6).toFormatter(Locale.ROOT);

    private JsonValues() {}

    /** Whether it is a whole number that JSON's readers may not hold exactly. */
    public static boolean isBeyondDouble(@Nullable Object value) {
        return switch (value) {
            case Long number -> number > SAFE_MAX || number < -SAFE_MAX;
            case BigInteger number -> number.abs().compareTo(BIG_SAFE_MAX) > 0;
            case null, default -> false;
        };
    }

    /** Writes one value of a column: {@code DECIMAL} as a string, {@code JSON} as the JSON that it is. */
    public static void write(JsonGenerator json, @Nullable Object value, FieldType type) throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case String text when type == FieldType.JSON -> json.writeRawValue(text);
            case String text -> json.writeString(text);
            case Number number when type == FieldType.DECIMAL -> json.writeString(number.toString());
            case Long number -> json.writeNumber(number);
            case BigInteger number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number);
            case Boolean truth -> json.writeBoolean(truth);
            case Instant instant -> json.writeString(text(instant));
            default -> throw new IllegalStateException("No column holds a " + value.getClass());
        }
    }

    /** RFC 3339 in UTC, with milliseconds; with microseconds where there are any. */
    public static String text(Instant instant) {
        return (instant.truncatedTo(ChronoUnit.MILLIS).equals(instant) ? MILLIS : MICROS).format(instant);
    }
}
