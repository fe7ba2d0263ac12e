package dev.sextant.query.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place inside a field that holds JSON: {@code properties.cart.items[0]['unit price']}. The steps are those of a
 * singular query (RFC 9535, 2.3.5.1): names and indexes that are not negative, nothing that could find two values.
 *
 * @param root the field
 * @param steps {@code String} for a member, {@code Integer} for an element; at least one
 */
public record JsonPath(String root, List<Object> steps) {

    public static final int STEPS_MAX = 16;
    static final int MEMBER_LENGTH_MAX = 128;
    static final int INDEX_MAX = 99_999;
    private static final int LENGTH_MAX = 1_000;

    private static final Pattern ROOT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

    /** After a dot anything may stand that cannot be taken for another step. */
    private static final Pattern STEP = Pattern.compile(
            "\\.(?<plain>[^.\\[\\]\"\\\\\\p{Cntrl}\\p{Cs}]+)|\\[(?<index>[0-9]{1,5})]|\\['(?<quoted>(?:[^'\\\\]|\\\\['\\\\])+)']");

    private static final Pattern PLAIN = Pattern.compile("[^.\\[\\]\"\\\\\\p{Cntrl}\\p{Cs}]+");

    public JsonPath {
        steps = List.copyOf(steps);
    }

    /** Whether the text could be the name of anything but a path. */
    public static boolean mayBe(String text) {
        return text.indexOf('.') >= 0 || text.indexOf('[') >= 0;
    }

    /** Null where the text is no path. */
    public static @Nullable JsonPath parse(String text) {
        Matcher root = ROOT.matcher(text);
        if (text.length() > LENGTH_MAX || !root.lookingAt()) {
            return null;
        }
        List<Object> steps = new ArrayList<>();
        Matcher step = STEP.matcher(text);
        int at = root.end();
        while (at < text.length()) {
            if (!step.region(at, text.length()).lookingAt()) {
                return null;
            }
            steps.add(step(step));
            at = step.end();
        }
        return of(root.group(), steps);
    }

    private static Object step(Matcher step) {
        if (step.group("index") != null) {
            return Integer.valueOf(step.group("index"));
        }
        String quoted = step.group("quoted");
        return quoted == null ? step.group("plain") : quoted.replaceAll("\\\\(.)", "$1");
    }

    /** Null where the steps are none, too many, or not to be asked for. */
    static @Nullable JsonPath of(String root, List<Object> steps) {
        boolean askable = steps.stream().allMatch(step -> !(step instanceof String member) || isMember(member));
        return steps.isEmpty() || steps.size() > STEPS_MAX || !askable ? null : new JsonPath(root, steps);
    }

    /** A star alone would mean all members, to some engines even in quotes. */
    private static boolean isMember(String member) {
        return !member.isEmpty()
                && member.length() <= MEMBER_LENGTH_MAX
                && !member.equals("*")
                && member.codePoints().noneMatch(point -> Character.isISOControl(point) || isSurrogate(point));
    }

    private static boolean isSurrogate(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }

    /** The one way to write it among many; {@link #parse} reads it back. */
    public String name() {
        StringBuilder text = new StringBuilder(root);
        for (Object step : steps) {
            if (step instanceof String member && PLAIN.matcher(member).matches()) {
                text.append('.').append(member);
            } else if (step instanceof String member) {
                String escaped = member.replace("\\", "\\\\").replace("'", "\\'");
                text.append("['").append(escaped).append("']");
            } else {
                text.append('[').append(step).append(']');
            }
        }
        return text.toString();
    }
}
