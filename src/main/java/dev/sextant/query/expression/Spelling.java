package dev.sextant.query.expression;

import java.util.Collection;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Knows what a caller may have meant. */
public final class Spelling {

    /** Longer ones are never compared: the work grows with the square. */
    private static final int COMPARED_MAX = 128;

    private Spelling() {}

    /** Such as {@code "Field 'contry' does not exist; did you mean 'country'?"}. */
    public static String unknown(String kind, String name, Collection<String> known) {
        String shown = name.length() > COMPARED_MAX ? name.substring(0, COMPARED_MAX) + "…" : name;
        String guess = nearest(name, known);
        return "%s '%s' does not exist%s"
                .formatted(kind, shown, guess == null ? "" : "; did you mean '" + guess + "'?");
    }

    /** The same of a few that never change, all of which are told, in their order. */
    public static String unknownOf(String kind, String name, Collection<String> all) {
        return unknown(kind, name, all) + "; these are: " + String.join(", ", all);
    }

    private static @Nullable String nearest(String name, Collection<String> known) {
        if (name.length() > COMPARED_MAX) {
            return null;
        }
        int farthest = Math.max(1, Math.min(3, name.length() / 3));
        return known.stream()
                .filter(other -> distance(name, other) <= farthest)
                .min(Comparator.comparingInt(other -> distance(name, other)))
                .orElse(null);
    }

    /** Edits (insert, delete, replace) between the two, whatever their case. Source: Wagner and Fischer (1974). */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int above = row[j];
                boolean equal = Character.toLowerCase(one.charAt(i - 1)) == Character.toLowerCase(other.charAt(j - 1));
                row[j] = Math.min(Math.min(row[j], row[j - 1]) + 1, diagonal + (equal ? 0 : 1));
                diagonal = above;
            }
        }
        return row[other.length()];
    }
}
