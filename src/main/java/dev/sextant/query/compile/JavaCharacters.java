package dev.sextant.query.compile;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes one character of a pattern, or a set of them, as Java has it: see {@link JavaPattern}. */
final class JavaCharacters {

    private static final Pattern SET = Pattern.compile("\\[:(\\^?)([a-z]+):]");
    private static final Pattern PROPERTY = Pattern.compile("\\\\([pP])(?:([A-Z])|\\{(\\^?)([A-Za-z_]{1,40})})");
    private static final Pattern NUMBER =
            Pattern.compile("\\\\(?:x([0-9A-Fa-f]{2})|x\\{([0-9A-Fa-f]{1,6})}|(0[0-7]{0,2}|[1-7][0-7]{1,2}))");

    private static final String SPACE = "\\t\\n\\f\\r\\x{20}";

    private static final Map<String, String> NAME_TO_SET = Map.ofEntries(
            Map.entry("alnum", "0-9A-Za-z"),
            Map.entry("alpha", "A-Za-z"),
            Map.entry("ascii", "\\x{0}-\\x{7F}"),
            Map.entry("blank", "\\t\\x{20}"),
            Map.entry("cntrl", "\\x{0}-\\x{1F}\\x{7F}"),
            Map.entry("digit", "0-9"),
            Map.entry("graph", "\\x{21}-\\x{7E}"),
            Map.entry("lower", "a-z"),
            Map.entry("print", "\\x{20}-\\x{7E}"),
            Map.entry("punct", "\\x{21}-\\x{2F}\\x{3A}-\\x{40}\\x{5B}-\\x{60}\\x{7B}-\\x{7E}"),
            Map.entry("space", "\\t\\n\\x{B}\\f\\r\\x{20}"),
            Map.entry("upper", "A-Z"),
            Map.entry("word", "0-9A-Za-z_"),
            Map.entry("xdigit", "0-9A-Fa-f"));

    private final String pattern;
    private final StringBuilder java;

    JavaCharacters(String pattern, StringBuilder java) {
        this.pattern = pattern;
        this.java = java;
    }

    static String literal(int point) {
        boolean isPlain =
                (point >= '0' && point <= '9') || (point >= 'A' && point <= 'Z') || (point >= 'a' && point <= 'z');
        return isPlain ? Character.toString(point) : "\\x{%X}".formatted(point);
    }

    /** Writes what stands there; says where it ends. */
    int atom(int start) {
        return pattern.charAt(start) == '[' ? bracket(start) : character(start);
    }

    private int bracket(int start) {
        int at = start + 1;
        java.append('[');
        if (pattern.startsWith("^", at)) {
            java.append('^');
            at++;
        }
        int first = at;
        while (at < pattern.length() && (pattern.charAt(at) != ']' || at == first)) {
            at = item(at);
        }
        if (at >= pattern.length()) {
            throw JavaPattern.invalid();
        }
        java.append(']');
        return at + 1;
    }

    private int item(int start) {
        Matcher set = SET.matcher(pattern).region(start, pattern.length());
        if (set.lookingAt()) {
            String characters = NAME_TO_SET.get(set.group(2));
            if (characters == null) {
                throw JavaPattern.invalid();
            }
            java.append(set.group(1).isEmpty() ? "[" : "[^").append(characters).append(']');
            return set.end();
        }
        int at = character(start);
        boolean isRange = pattern.startsWith("-", at) && at + 1 < pattern.length() && pattern.charAt(at + 1) != ']';
        if (!isRange) {
            return at;
        }
        java.append('-');
        return character(at + 1);
    }

    private int character(int start) {
        if (pattern.charAt(start) != '\\') {
            int point = pattern.codePointAt(start);
            java.append(literal(point));
            return start + Character.charCount(point);
        }
        Matcher number = NUMBER.matcher(pattern).region(start, pattern.length());
        if (number.lookingAt()) {
            java.append(literal(point(number)));
            return number.end();
        }
        Matcher property = PROPERTY.matcher(pattern).region(start, pattern.length());
        if (property.lookingAt()) {
            java.append(property(property));
            return property.end();
        }
        if (start + 1 >= pattern.length()) {
            throw JavaPattern.invalid();
        }
        java.append(escaped(pattern.charAt(start + 1)));
        return start + 2;
    }

    private static int point(Matcher number) {
        if (number.group(3) != null) {
            return Integer.parseInt(number.group(3), 8);
        }
        int point = Integer.parseInt(number.group(1) == null ? number.group(2) : number.group(1), 16);
        if (point > Character.MAX_CODE_POINT) {
            throw JavaPattern.invalid();
        }
        return point;
    }

    /** General categories have one letter or two; all others are scripts. */
    private static String property(Matcher property) {
        String name = property.group(2) == null ? property.group(4) : property.group(2);
        boolean isNegated = property.group(1).equals("P") != "^".equals(property.group(3));
        String known = name.length() <= 2 ? name : "Is" + name;
        return name.equals("Any")
                ? (isNegated ? "[^\\x{0}-\\x{10FFFF}]" : "[\\x{0}-\\x{10FFFF}]")
                : (isNegated ? "\\P{" : "\\p{") + known + "}";
    }

    private static String escaped(char letter) {
        return switch (letter) {
            case 'd', 'D', 'w', 'W', 'a', 'f', 't', 'n', 'r' -> "\\" + letter;
            case 'v' -> "\\x{B}";
            case 's' -> "[" + SPACE + "]";
            case 'S' -> "[^" + SPACE + "]";
            default -> {
                if (letter > '~' || Character.isLetterOrDigit(letter)) {
                    throw JavaPattern.invalid();
                }
                yield literal(letter);
            }
        };
    }
}
