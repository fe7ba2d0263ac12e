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
    private static final Pattern NAME = Pattern.compile("\\?P<[A-Za-z_][A-Za-z0-9_]*>");
    private static final Pattern COUNT = Pattern.compile("\\{([0-9]{1,4})(?:,([0-9]{0,4}))?}");

    private static final String WORD = "[0-9A-Za-z_]";
    private static final String BORDER = "(?:(?<=%1$s)(?!%1$s)|(?<!%1$s)(?=%1$s))".formatted(WORD);
    private static final String NO_BORDER = "(?:(?<=%1$s)(?=%1$s)|(?<!%1$s)(?!%1$s))".formatted(WORD);

    /** The I with a dot and the i without one, whose other case is their own alone; to Java they are letters as i is. */
    private static final String DOTTED = "[\\x{130}\\x{131}]";

    private final String pattern;
    private final StringBuilder java = new StringBuilder("(?d)"); // lines end with a line feed alone
    private int at;
    private boolean lines;
    private boolean anyCase;

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
        boolean outerLines = lines;
        boolean outerCase = anyCase;
        boolean repeats = false;
        while (at < pattern.length() && pattern.charAt(at) != ')') {
            if (pattern.charAt(at) == '|') {
                java.append('|');
                at++;
            } else {
                repeats |= repeated();
            }
        }
        lines = outerLines;
        anyCase = outerCase;
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
        if (isRepetition()) {
            throw invalid();
        }
        return repeats || isEndless;
    }

    private boolean isRepetition() {
        return is('*')
                || is('+')
                || is('?')
                || COUNT.matcher(pattern).region(at, pattern.length()).lookingAt();
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
        if (isRepetition()) {
            throw invalid();
        }
        char letter = pattern.charAt(at);
        switch (letter) {
            case '(' -> {
                return group();
            }
            case '^' -> plain(lines ? "(?:\\A|(?<=\\n))" : "\\A");
            case '$' -> plain(lines ? "(?=\\n|\\z)" : "\\z");
            case '.' -> plain(".");
            case '\\' -> escape();
            default -> character();
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
            default -> character();
        }
    }

    private void character() {
        int start = java.length();
        at = new JavaCharacters(pattern, java).atom(at);
        if (anyCase) {
            String made = java.substring(start);
            String same = "(?-iu:" + made + ")";
            java.setLength(start);
            java.append(
                    DOTTED.contains(made) && made.length() > 1
                            ? same
                            : "(?:(?!%1$s)%2$s|(?=%1$s)%3$s)".formatted(DOTTED, made, same));
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

    /** Groups are counted as in RE2, and have no names, which nobody asks by. */
    private boolean group() {
        at++;
        Matcher name = NAME.matcher(pattern).region(at, pattern.length());
        Matcher flags = FLAGS.matcher(pattern).region(at, pattern.length());
        boolean outerLines = lines;
        boolean outerCase = anyCase;
        java.append('(');
        if (name.lookingAt()) {
            at = name.end();
        } else if (flags.lookingAt()) {
            at = flags.end();
            java.append('?');
            if (set(flags.group(1), flags.group(2), flags.group(3))) {
                return false;
            }
        } else if (is('?')) {
            throw invalid();
        }
        boolean repeats = alternatives();
        lines = outerLines;
        anyCase = outerCase;
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
        anyCase = (anyCase || on.contains("i")) && !without.contains("i");
        java.append(flags(on))
                .append(flags(without).isEmpty() ? "" : "-" + flags(without))
                .append(end);
        return end.equals(")");
    }

    /** Letters of either case are those of all scripts. */
    private static String flags(String letters) {
        return (letters.contains("i") ? "iu" : "") + (letters.contains("s") ? "s" : "");
    }
}
