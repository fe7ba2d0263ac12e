package dev.sextant.query.model;

import dev.sextant.query.expression.Spelling;
import java.util.Collection;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What things may be called, and what a caller may have meant. */
public final class Names {

    static final String RULE = "must be a letter or _, then up to 62 letters, digits or _";

    private static final Pattern FORM = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

    private Names() {}

    static boolean isValid(String name) {
        return FORM.matcher(name).matches();
    }

    /** The place's text, if it is a name; else null, and refused. */
    static @Nullable String read(Place place) {
        String name = place.text();
        if (name != null && !isValid(name)) {
            place.refuse(RULE);
            return null;
        }
        return name;
    }

    /** Such as {@code "Field 'contry' does not exist; did you mean 'country'?"}. */
    public static String unknown(String kind, String name, Collection<String> known) {
        return Spelling.unknown(kind, name, known);
    }

    /** As {@link Spelling#unknownOf}, in alphabetical order. */
    static String unknownOf(String kind, String name, Collection<String> all) {
        return Spelling.unknownOf(kind, name, all.stream().sorted().toList());
    }
}
