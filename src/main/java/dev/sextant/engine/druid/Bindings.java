package dev.sextant.engine.druid;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of a statement's parameters, as Druid takes them. */
final class Bindings {

    private Bindings() {}

    /** Instants as microseconds, truths as 0 and 1; all else as it is. */
    static List<@Nullable Object> forms(List<@Nullable Object> values) {
        return values.stream().<@Nullable Object>map(Bindings::form).toList();
    }

    static @Nullable Object form(@Nullable Object value) {
        return switch (value) {
            case Instant instant -> Micros.of(instant);
            case Boolean truth -> truth ? 1L : 0L;
            case null, default -> value;
        };
    }

    /** What {@code parameters} of a request holds. */
    static void write(List<@Nullable Object> values, ArrayNode into) {
        values.forEach(value -> write(form(value), into.addObject()));
    }

    private static void write(@Nullable Object value, ObjectNode into) {
        switch (value) {
            case null -> into.put("type", "VARCHAR").putNull("value");
            case String text -> into.put("type", "VARCHAR").put("value", text);
            case Long number -> into.put("type", "BIGINT").put("value", number);
            case Integer number -> into.put("type", "BIGINT").put("value", number.longValue());
            case Double number -> into.put("type", "DOUBLE").put("value", number);
            case BigInteger number -> write(number, into);
            case Collection<?> many -> {
                ArrayNode array = into.put("type", "ARRAY").putArray("value");
                many.forEach(one -> array.addPOJO(form(one)));
            }
            default -> throw new IllegalArgumentException("A parameter has a form that no field type says");
        }
    }

    /** Beyond a long, nothing that is compared with it is equal to it anyway. */
    private static void write(BigInteger number, ObjectNode into) {
        if (number.bitLength() < Long.SIZE) {
            into.put("type", "BIGINT").put("value", number.longValue());
        } else {
            into.put("type", "DOUBLE").put("value", number.doubleValue());
        }
    }
}
