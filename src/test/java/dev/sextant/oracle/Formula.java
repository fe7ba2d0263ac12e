package dev.sextant.oracle;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An expression, and what it comes to.
 *
 * @param names of the fields or measures in it
 */
record Formula(String text, Kind kind, Set<String> names, Meaning meaning) {

    /** Where names have values. */
    interface Place {
        @Nullable
        Object value(String name);
    }

    /** Doubles may be none of the real numbers on the way. */
    interface Meaning {
        @Nullable
        Object value(Place place);
    }

    /** Null where it is missing, or no finite number. */
    @Nullable
    Object value(Place place) {
        Object value = meaning.value(place);
        return value instanceof Approximate number && !number.isFinite() ? null : value;
    }
}
