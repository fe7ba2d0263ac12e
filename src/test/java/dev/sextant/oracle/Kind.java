package dev.sextant.oracle;

import java.util.Locale;

/**
 * What a field or column holds. In memory: {@code String} for texts and JSON, {@code BigInteger} for whole numbers, {@link
 * Approximate} for doubles, {@code Boolean}, {@code Instant}.
 */
enum Kind {
    STRING,
    LONG,
    DOUBLE,
    BOOLEAN,
    TIMESTAMP,
    JSON,
    DECIMAL;

    static Kind of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    boolean isNumber() {
        return this == LONG || this == DOUBLE || this == DECIMAL;
    }
}
