package dev.sextant.query.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sextant.engine.FieldType;
import org.jspecify.annotations.Nullable;

/**
 * A column of an answer.
 *
 * @param type {@code DECIMAL} for the exact sum of whole numbers: whoever writes the answer calls it {@code long} as long
 *     as all its values lie within ±(2^53−1)
 * @param unit null where nobody said
 * @param grain as {@link Grain#format()}; null but for buckets of time
 * @param bins null but for stretches of numbers
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ColumnInfo(
        String name,
        FieldType type,
        Role role,
        @Nullable String unit,
        @Nullable String currency,
        @Nullable String grain,
        @Nullable Bins bins) {

    public ColumnInfo(
            String name,
            FieldType type,
            Role role,
            @Nullable String unit,
            @Nullable String currency,
            @Nullable String grain) {
        this(name, type, role, unit, currency, grain, null);
    }

    /** Named on the wire in lower case. */
    public enum Role {
        DIMENSION,
        MEASURE,
        /** What an event says. */
        FIELD,
        /** Tells events apart that say the same; never shown. */
        TIE
    }
}
