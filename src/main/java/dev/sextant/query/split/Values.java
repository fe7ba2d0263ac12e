package dev.sextant.query.split;

import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Compares the values of one column as engines do: texts by code point, doubles by number. Pure. */
final class Values {

    private Values() {}

    static int compare(Object one, Object other) {
        return switch (one) {
            case String text -> byCodePoint(text, (String) other);
            case Long number when other instanceof Long second -> Long.compare(number, second);
            case Double number when other instanceof Double second -> byNumber(number, second);
            case BigInteger number when other instanceof BigInteger second -> number.compareTo(second);
            case BigInteger number when other instanceof Long second -> number.compareTo(BigInteger.valueOf(second));
            case Long number
            when other instanceof BigInteger second ->
                BigInteger.valueOf(number).compareTo(second);
            case Boolean truth -> truth.compareTo((Boolean) other);
            case Instant instant -> instant.compareTo((Instant) other);
            default -> throw new IllegalStateException("These two are of no one column");
        };
    }

    /** There is one zero. */
    private static int byNumber(double one, double other) {
        return one < other ? -1 : one > other ? 1 : 0;
    }

    /** UTF-16 sorts what takes two units before some that take one. */
    private static int byCodePoint(String one, String other) {
        int common = Math.min(one.length(), other.length());
        for (int i = 0; i < common; i++) {
            char first = one.charAt(i);
            char second = other.charAt(i);
            if (first != second) {
                boolean surrogates = Character.isSurrogate(first) != Character.isSurrogate(second);
                return surrogates ? (Character.isSurrogate(first) ? 1 : -1) : Character.compare(first, second);
            }
        }
        return Integer.compare(one.length(), other.length());
    }

    /** The value as a part of a group's key. */
    static @Nullable Object key(@Nullable Object value) {
        return value instanceof Double number && number == 0 ? Double.valueOf(0) : value;
    }
}
