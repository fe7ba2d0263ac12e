package dev.sextant.query.compile;

import dev.sextant.kernel.Problem.Unprocessable;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.kernel.ProblemException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Writes a regular expression of RE2's syntax in Java's, for engines that have Java's: it finds in the same texts. What
 * could take Java time without end is refused.
 *
 * <p>Source: RE2's own description of its syntax, and {@code java.util.regex.Pattern}. What they write alike and mean
 * otherwise: the ends of lines and of the text, the borders of words, white space, letters of either case.
 */
final class JavaPattern {

    private static final int REPEATED_MAX = 1_000;

    private static final Pattern FLAGS = Pattern.compile("\\?([ims]*)(?:-([ims]+))?([:)])");
    private static final Pattern NAME = Pattern.compile("\\?P?<[A-Za-z_][A-Za-z0-9_]*>");
    private static final Pattern COUNT = Pattern.compile("\\{([0-9]{1,4})(?:,([0-9]{0,4}))?}");

    private static final String WORD = "[0-9A-Za-z_]";
    private static final String BORDER = "(?:(?<=%1$s)(?!%1$s)|(?<!%1$s)(?=%1$s))".formatted(WORD);
    private static final String NO_BORDER = "(?:(?<=%1$s)(?=%1$s)|(?<!%1$s)(?!%1$s))".formatted(WORD);

    private final String pattern;
    private final StringBuilder java = new StringBuilder("(?d)"); // lines end with a line feed alone
    private int at;
    private boolean lines;

    private JavaPattern(String pattern) {
        this.pattern = pattern;
    }

    /** @throws ProblemException where it is no regular expression, or one that cannot be had from such an engine */
    static String of(String pattern) {
        JavaPattern translation = new JavaPattern(pattern);
        translation.alternatives();
        if (translation.at < pattern.length()) {
            throw invalid();
        }
        try {
            return Pattern.compile(translation.java.toString()).pattern();
        } catch (PatternSyntaxException _) {
            throw invalid();
        }
    }

    static ProblemException invalid() {
        return new ProblemException(new Unprocessable(
                Reason.INVALID_QUERY, List.of(), "A pattern is no regular expression of RE2's syntax"));
    }

    /** Up to the end or a bracket; says whether something in it is repeated without end. */
    private boolean alternatives() {
        boolean outer = lines;
        boolean repeats = false;
        while (at < pattern.length() && pattern.charAt(at) != ')') {
            if (pattern.charAt(at) == '|') {
                java.append('|');
                at++;
            } else {
                repeats |= repeated();
            }
        }
        lines = outer;
        return repeats;
    }

    private boolean repeated() {
        boolean repeats = atom();
        int before = at;
        boolean isEndless = isEndless();
        if (at == before) {
            return repeats;
        }
        if (isEndless && repeats) {
            throw Phrase.refusal(
                    "What repeats without end what is itself so repeated, such as (a+)+,",
                    "write the pattern with one repetition");
        }
        if (is('?')) {
            java.append(pattern.charAt(at++));
        }
        if (is('*') || is('+') || is('?') || COUNT.matcher(pattern).region(at, pattern.length()).lookingAt()) {
            throw invalid();
        }
        return repeats || isEndless;
    }

    private boolean is(char letter) {
        return at < pattern.length() && pattern.charAt(at) == letter;
    }

    /** Goes past how often the atom may come, if that is said. */
    private boolean isEndless() {
        if (is('*') || is('+') || is('?')) {
            java.append(pattern.charAt(at++));
            return pattern.charAt(at - 1) != '?';
        }
        Matcher count = COUNT.matcher(pattern).region(at, pattern.length());
        if (!count.lookingAt()) {
            return false;
        }
        String most = count.group(2);
        if (Integer.parseInt(count.group(1)) > REPEATED_MAX
                || (most != null && !most.isEmpty() && Integer.parseInt(most) > REPEATED_MAX)) {
            throw invalid();
        }
        java.append(count.group());
        at = count.end();
        return most != null && most.isEmpty();
    }

    private boolean atom() {
        char letter = pattern.charAt(at);
        switch (letter) {
            case '(' -> {
                return group();
            }
            case '^' -> plain(lines ? "(?:\\A|(?<=\\n))" : "\\A");
            case '$' -> plain(lines ? "(?=\\n|\\z)" : "\\z");
            case '.' -> plain(".");
            case '*', '+', '?' -> throw invalid();
            case '\\' -> escape();
            default -> at = new JavaCharacters(pattern, java).atom(at);
        }
        return false;
    }

    private void plain(String text) {
        java.append(text);
        at++;
    }

    private void escape() {
        switch (at + 1 < pattern.length() ? pattern.charAt(at + 1) : ' ') {
            case 'b' -> assertion(BORDER);
            case 'B' -> assertion(NO_BORDER);
            case 'A' -> assertion("\\A");
            case 'z' -> assertion("\\z");
            case 'Q' -> quoted();
            default -> at = new JavaCharacters(pattern, java).atom(at);
        }
    }

    private void assertion(String text) {
        java.append(text);
        at += 2;
    }

    private void quoted() {
        int end = pattern.indexOf("\\E", at);
        String text = pattern.substring(at + 2, end < 0 ? pattern.length() : end);
        text.codePoints().forEach(point -> java.append(JavaCharacters.literal(point)));
        at = end < 0 ? pattern.length() : end + 2;
    }

    /** Nobody asks for what a group holds: so none keeps it, and none has a name. */
    private boolean group() {
        at++;
        Matcher name = NAME.matcher(pattern).region(at, pattern.length());
        Matcher flags = FLAGS.matcher(pattern).region(at, pattern.length());
        boolean outer = lines;
        java.append("(?");
        if (name.lookingAt()) {
            java.append(':');
            at = name.end();
        } else if (flags.lookingAt()) {
            at = flags.end();
            if (set(flags.group(1), flags.group(2), flags.group(3))) {
                return false;
            }
        } else if (is('?')) {
            throw invalid();
        } else {
            java.append(':');
        }
        boolean repeats = alternatives();
        lines = outer;
        if (!is(')')) {
            throw invalid();
        }
        plain(")");
        return repeats;
    }

    /** Says whether the flags stand alone: then they hold to the end of the group around them. */
    private boolean set(String on, @Nullable String off, String end) {
        String without = off == null ? "" : off;
        lines = (lines || on.contains("m")) && !without.contains("m");
        java.append(flags(on)).append(flags(without).isEmpty() ? "" : "-" + flags(without)).append(end);
        return end.equals(")");
    }

    /** Letters of either case are those of all scripts. */
    private static String flags(String letters) {
        return (letters.contains("i") ? "iu" : "") + (letters.contains("s") ? "s" : "");
    }
}
