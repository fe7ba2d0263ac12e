package dev.sextant.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** How values compare, and how they are written in queries. */
final class Values {

    private Values() {}

    /** Texts by code point; numbers, instants and truths by size; a whole number beside a double as one. */
    static int compare(Object one, Object other) {
        return switch (one) {
            case String text -> compareTexts(text, (String) other);
            case BigInteger whole when other instanceof BigInteger same -> whole.compareTo(same);
            case BigInteger _, Approximate _ -> Approximate.of(one).compareTo(Approximate.of(other));
            case Boolean truth -> Boolean.compare(truth, (Boolean) other);
            case Instant instant -> instant.compareTo((Instant) other);
            default -> throw new IllegalStateException("No field holds this");
        };
    }

    private static int compareTexts(String one, String other) {
        int[] ones = one.codePoints().toArray();
        int[] others = other.codePoints().toArray();
        for (int i = 0; i < Math.min(ones.length, others.length); i++) {
            if (ones[i] != others[i]) {
                return Integer.compare(ones[i], others[i]);
            }
        }
        return Integer.compare(ones.length, others.length);
    }

    /** Missing ones last, or first, whichever way the others go. */
    static Comparator<@Nullable Object> order(boolean descending, boolean nullsFirst) {
        Comparator<Object> present = descending ? Collections.reverseOrder(Values::compare) : Values::compare;
        return nullsFirst ? Comparator.nullsFirst(present) : Comparator.nullsLast(present);
    }

    /** A value that something of this kind is compared with. */
    static Object read(JsonNode value, Kind kind) {
        return switch (kind) {
            case STRING, JSON -> value.asText();
            case LONG, DECIMAL -> value.decimalValue().toBigIntegerExact();
            case DOUBLE -> Approximate.exactly(value.doubleValue());
            case BOOLEAN -> value.booleanValue();
            case TIMESTAMP -> instant(value.textValue());
        };
    }

    static Instant instant(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }
}
