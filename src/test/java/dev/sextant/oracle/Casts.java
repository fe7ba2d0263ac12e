package dev.sextant.oracle;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Texts, read as something else; null where they are none. */
final class Casts {

    private static final String NUMBER = "-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?";
    private static final String WHOLE = "-?[0-9]+(\\.0*)?";

    private Casts() {}

    static @Nullable Object read(String text, Kind kind) {
        return switch (kind) {
            case STRING -> text;
            case DOUBLE -> text.matches(NUMBER) ? Approximate.exactly(Double.parseDouble(text)) : null;
            case LONG -> text.matches(WHOLE) ? whole(new BigInteger(text.replaceFirst("\\..*", ""))) : null;
            case BOOLEAN ->
                switch (text.toLowerCase(Locale.ROOT)) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> null;
                };
            case TIMESTAMP -> instant(text);
            case JSON, DECIMAL -> throw new IllegalArgumentException("Nothing is cast to it");
        };
    }

    /** Null beyond 64 bits. */
    static @Nullable BigInteger whole(BigInteger number) {
        return number.bitLength() > 63 ? null : number;
    }

    private static @Nullable Object instant(String text) {
        try {
            return Values.instant(text);
        } catch (DateTimeException _) {
            return null;
        }
    }
}
