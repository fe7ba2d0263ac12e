package dev.sextant.oracle;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
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

    static Formula named(String text, String name, Kind kind) {
        return new Formula(text, kind, Set.of(name), place -> place.value(name));
    }

    static Formula literal(String text, Kind kind, Object value) {
        return new Formula(text, kind, Set.of(), _ -> value);
    }

    /**
     * An operation.
     *
     * @param form has a {@code %s} for each operand
     */
    static Formula of(
            String form,
            Kind kind,
            List<Formula> operands,
            Function<List<@Nullable Object>, ? extends @Nullable Object> operation) {
        Set<String> names = new HashSet<>();
        operands.forEach(operand -> names.addAll(operand.names));
        Object[] texts = operands.stream().map(Formula::text).toArray();
        return new Formula(form.formatted(texts), kind, names, place -> {
            List<@Nullable Object> values = new ArrayList<>();
            operands.forEach(operand -> values.add(operand.meaning.value(place)));
            return operation.apply(values);
        });
    }

    /** An operation that comes to nothing where an operand is missing. */
    static Formula strictly(
            String form,
            Kind kind,
            List<Formula> operands,
            Function<List<Object>, ? extends @Nullable Object> operation) {
        return of(form, kind, operands, values -> {
            List<Object> present = new ArrayList<>();
            values.stream().filter(Objects::nonNull).forEach(value -> present.add(Objects.requireNonNull(value)));
            return present.size() < values.size() ? null : operation.apply(present);
        });
    }

    /** Null where it is missing, or no finite number. */
    @Nullable
    Object value(Place place) {
        return Approximate.finite(meaning.value(place));
    }
}
