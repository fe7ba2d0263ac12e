package dev.sextant.query.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells regular expressions that re2j takes and an engine's RE2 does not: repetitions within repetitions of more than 1,000
 * in all, programs of more than 8 MB, and groups named without P. It looks before re2j does, which would itself unroll all
 * repetitions: what it says of a text that is no regular expression means nothing.
 *
 * <p>The size is an estimate, on the safe side: RE2 has room for about 350,000 instructions.
 */
final class RegexSize {

    private static final long INSTRUCTIONS_MAX = 250_000;
    private static final long REPEATS_MAX = 1_000;

    /** Beyond this nothing is counted; far from the largest long, also multiplied by itself. */
    private static final long COUNTED_MAX = 1_000_000_000;

    private static final int OF_CHARACTER = 4;
    private static final int OF_ANY_CHARACTER = 12;
    private static final int OF_CLASS = 40;
    private static final int OF_UNICODE_CLASS = 700;

    private static final Pattern REPEAT = Pattern.compile("\\{(\\d+)(?:,(\\d*))?}");
    private static final Pattern GROUP_START = Pattern.compile("\\?(?:P<\\w+>|[a-zA-Z-]*:)");
    private static final Pattern FLAGS = Pattern.compile("\\?[a-zA-Z-]*\\)");
    private static final Pattern ESCAPE =
            Pattern.compile("\\\\(?:[pP](?:\\{[^}]*}|.)|x\\{[^}]*}|Q.*?(?:\\\\E|$)|.)", Pattern.DOTALL);
    private static final Pattern CLASS =
            Pattern.compile("\\[\\^?]?(?:\\[:\\^?\\w+:]|\\\\[pP]\\{[^}]*}|\\\\.|[^]\\\\])*]", Pattern.DOTALL);

    /** @param repeats the product of the repetitions that lie within each other, where it is greatest */
    private record Part(long instructions, long repeats) {
        static final Part NOTHING = new Part(0, 1);

        Part then(Part next) {
            return new Part(capped(instructions + next.instructions), Math.max(repeats, next.repeats));
        }

        Part times(long count) {
            return count < 2 ? this : new Part(capped(instructions * count), capped(repeats * count));
        }
    }

    private static long capped(long count) {
        return Math.min(count, COUNTED_MAX);
    }

    private final String regex;
    private int at;

    private RegexSize(String regex) {
        this.regex = regex;
    }

    /** Why the expression will not do; null where it will. */
    static @Nullable String obstacle(String regex) {
        if (regex.contains("(?<")) {
            return "name groups as (?P<name>…)";
        }
        Part whole = new RegexSize(regex).sequence();
        boolean tooLarge = whole.repeats() > REPEATS_MAX || whole.instructions() > INSTRUCTIONS_MAX;
        return tooLarge ? "repeats too much: the regular expression would grow too large" : null;
    }

    /** Up to the end of the group. */
    private Part sequence() {
        Part all = Part.NOTHING;
        while (at < regex.length() && regex.charAt(at) != ')') {
            Part element = element();
            all = all.then(repeated(element));
        }
        return all;
    }

    private Part element() {
        return switch (regex.charAt(at)) {
            case '(' -> group();
            case '[' -> characterClass();
            case '\\' -> escape();
            case '.' -> character(OF_ANY_CHARACTER);
            default -> character(OF_CHARACTER);
        };
    }

    private Part group() {
        at++;
        if (took(FLAGS)) {
            return Part.NOTHING;
        }
        took(GROUP_START);
        Part inside = sequence();
        at = Math.min(at + 1, regex.length());
        return inside.then(new Part(OF_CHARACTER, 1));
    }

    private Part characterClass() {
        int start = at;
        if (!took(CLASS)) {
            return character(OF_CHARACTER);
        }
        int unicode = regex.substring(start, at).split("\\\\[pP]", -1).length - 1;
        return new Part(OF_CLASS + (long) unicode * OF_UNICODE_CLASS, 1);
    }

    private Part escape() {
        int start = at;
        if (!took(ESCAPE)) {
            return character(OF_CHARACTER);
        }
        char kind = regex.charAt(start + 1);
        boolean unicode = kind == 'p' || kind == 'P';
        return new Part(unicode ? OF_UNICODE_CLASS : (long) OF_CHARACTER * (at - start) + OF_CLASS, 1);
    }

    private Part character(int instructions) {
        at++;
        return new Part(instructions, 1);
    }

    private Part repeated(Part element) {
        Matcher repeat = REPEAT.matcher(regex).region(at, regex.length());
        if (!repeat.lookingAt()) {
            return element;
        }
        at = repeat.end();
        String most = repeat.group(2);
        String least = repeat.group(1);
        return element.times(count(most == null || most.isEmpty() ? least : most));
    }

    private static long count(String digits) {
        return digits.length() > 9 ? COUNTED_MAX : Long.parseLong(digits);
    }

    private boolean took(Pattern pattern) {
        Matcher matcher = pattern.matcher(regex).region(at, regex.length());
        if (!matcher.lookingAt()) {
            return false;
        }
        at = matcher.end();
        return true;
    }
}
