package dev.sextant.query.model;

import dev.sextant.engine.FieldType;
import org.jspecify.annotations.Nullable;

/**
 * A field that queries may name.
 *
 * @param unit what its numbers count ({@code bytes}, {@code cents}); null where nobody said
 * @param currency ISO 4217, where the unit is one of money
 */
public record Field(
        String name,
        FieldType type,
        @Nullable String unit,
        @Nullable String currency) {

    static Field of(String name, FieldType type) {
        return new Field(name, type, null, null);
    }

    boolean isNumeric() {
        return type == FieldType.LONG || type == FieldType.DOUBLE;
    }
}
