package dev.sextant.query.compile;

import dev.sextant.kernel.ProblemException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A statement's text before it is parsed: bounded in words and in nesting, so that the parser's stack is safe, rid of
 * comments, and with quotes around words that the parser keeps for itself but people call their fields ({@code time},
 * {@code user}, {@code value}).
 *
 * <p>Columns of the parser's messages are those of the text with quotes: {@link #column} leads back.
 */
final class SqlText {

    private static final int TOKENS_MAX = 8_000;
    private static final int NESTING_MAX = 40;
    /** Each may stand within the one before. */
    private static final int OPERATORS_MAX = 1_000;

    private static final Set<String> OPERATORS = Set.of("+", "-", "*", "/", "%", "|", "NOT", "AND", "OR");

    /** Common names of fields that the parser reserves. Quoted where they can only be names. */
    private static final Set<String> NAMES = Set.of(
            "TIME",
            "DATE",
            "TIMESTAMP",
            "USER",
            "VALUE",
            "YEAR",
            "QUARTER",
            "MONTH",
            "WEEK",
            "DAY",
            "HOUR",
            "MINUTE",
            "SECOND",
            "LANGUAGE",
            "METHOD",
            "RESULT",
            "POSITION",
            "DOMAIN",
            "RANGE",
            "REFERENCES",
            "PERIOD",
            "SYSTEM",
            "COUNT",
            "START",
            "RANK",
            "LABEL",
            "ELEMENT",
            "ACTION",
            "MEMBER",
            "MODULE",
            "REGION",
            "SESSION");

    /** What takes the name of a unit of time as its first word. */
    private static final Set<String> TAKE_UNITS = Set.of("EXTRACT", "TIMESTAMPADD", "TIMESTAMPDIFF");

    private record Mark(int line, int column) {}

    private final String source;
    private final StringBuilder text;
    private final List<Mark> quoted = new ArrayList<>();
    private final Deque<String> openers = new ArrayDeque<>();
    private String before = "";
    private String beforeThat = "";
    private int tokens;
    private int operators;
    private int at;
    private int line = 1;
    private int lineStart;
    private boolean ended;

    private SqlText(String source) {
        this.source = source;
        this.text = new StringBuilder(source.length() + 64);
    }

    /** @throws ProblemException where it cannot be one statement of ours, whatever it says */
    static SqlText of(String source) {
        SqlText sql = new SqlText(source);
        while (sql.at < source.length()) {
            sql.step();
        }
        return sql;
    }

    String text() {
        return text.toString();
    }

    /** The column of the caller's text, from one of {@link #text}. */
    int column(int inLine, int column) {
        long marks = quoted.stream()
                .filter(mark -> mark.line() == inLine && mark.column() < column)
                .count();
        return (int) Math.max(1, column - 2 * marks);
    }

    private void step() {
        char c = source.charAt(at);
        if (c == '\n') {
            line++;
            copy(1);
            lineStart = text.length();
        } else if (Character.isWhitespace(c) && c < 128) {
            copy(1);
        } else if (source.startsWith("--", at)) {
            skipTo(source.indexOf('\n', at), 0);
        } else if (source.startsWith("/*", at)) {
            int end = source.indexOf("*/", at + 2);
            refuseIf(end < 0, "A comment is not closed");
            skipTo(end, 2);
        } else {
            token(c);
        }
    }

    private void token(char c) {
        refuseIf(ended, "One statement only: nothing may follow a semicolon");
        tokens++;
        if (tokens > TOKENS_MAX) {
            throw SqlProblems.tooLarge("words", TOKENS_MAX);
        }
        if (c == '\'' || c == '"') {
            quoted(c);
        } else if (isWordStart(c)) {
            word();
        } else {
            sign(c);
        }
    }

    private void quoted(char quote) {
        refuseIf(
                quote == '\'' && at > 0 && (isWordPart(source.charAt(at - 1)) || source.charAt(at - 1) == '&'),
                "A text is written in plain single quotes, without a prefix");
        int end = at + 1;
        while (true) {
            end = source.indexOf(quote, end);
            refuseIf(end < 0, "A quote is not closed");
            if (end + 1 < source.length() && source.charAt(end + 1) == quote) {
                end += 2;
            } else {
                break;
            }
        }
        remember(quote == '\'' ? "'" : "\"");
        String content = source.substring(at, end + 1);
        copy(content.length());
        int lastBreak = content.lastIndexOf('\n');
        if (lastBreak >= 0) {
            line += (int) content.chars().filter(c -> c == '\n').count();
            lineStart = text.length() - (content.length() - lastBreak - 1);
        }
    }

    private void word() {
        int end = at;
        while (end < source.length() && isWordPart(source.charAt(end))) {
            end++;
        }
        String word = source.substring(at, end).toUpperCase(Locale.ROOT);
        char next = next(end);
        // The parser has a form of its own for this function, in which a column is taken for a unit.
        boolean isFunction = word.equals("DATE_TRUNC") && next == '(';
        boolean isName = isFunction || (NAMES.contains(word) && standsForName(word, next));
        if (isName) {
            quoted.add(new Mark(line, text.length() - lineStart + 1));
            text.append('"');
        }
        copy(end - at);
        if (isName) {
            text.append('"');
        }
        remember(isName ? "\"" : word);
    }

    private boolean standsForName(String word, char next) {
        if (next == '\'' || next == '(') {
            return false;
        }
        String opener = openers.isEmpty() ? "" : openers.peek();
        if (before.equals("AS") && (opener.equals("CAST") || opener.equals("TRY_CAST"))) {
            return false;
        }
        if (before.equals("(") && TAKE_UNITS.contains(opener)) {
            return false;
        }
        boolean isFrame = word.equals("RANGE") && (next == 'B' || next == 'b' || next == 'U' || next == 'u');
        return !isFrame
                && !before.equals("TO")
                && !before.equals("'")
                && !(before.equals("?") && beforeThat.equals("INTERVAL"));
    }

    /** The first character of the next token; a space at the end. */
    private char next(int from) {
        for (int i = from; i < source.length(); i++) {
            if (!Character.isWhitespace(source.charAt(i))) {
                return source.charAt(i);
            }
        }
        return ' ';
    }

    private void sign(char c) {
        switch (c) {
            case ';' -> {
                ended = true;
                at++;
                text.append(' ');
                return;
            }
            case '(' -> {
                openers.push(before);
                if (openers.size() > NESTING_MAX) {
                    throw SqlProblems.tooLarge("brackets within brackets", NESTING_MAX);
                }
            }
            case ')' -> openers.poll();
            case '$', '`', '{', '}', '[', ']', '\\', '@', '#', ':' ->
                refuseIf(true, "The sign " + c + " has no meaning outside of quotes");
            default -> refuseIf(c > 126 || c < 32, "Outside of quotes stand letters, digits and signs of ASCII only");
        }
        remember(String.valueOf(c));
        copy(1);
    }

    private void remember(String token) {
        if (OPERATORS.contains(token)) {
            operators++;
            if (operators > OPERATORS_MAX) {
                throw SqlProblems.tooLarge("operators", OPERATORS_MAX);
            }
        }
        beforeThat = before;
        before = token;
    }

    private void copy(int length) {
        text.append(source, at, at + length);
        at += length;
    }

    /** Blanks out what is skipped, so that places stay what they are. */
    private void skipTo(int end, int more) {
        int to = end < 0 ? source.length() : end + more;
        while (at < to) {
            boolean isBreak = source.charAt(at) == '\n';
            text.append(isBreak ? '\n' : ' ');
            at++;
            if (isBreak) {
                line++;
                lineStart = text.length();
            }
        }
    }

    private static boolean isWordStart(char c) {
        return c < 128 && (Character.isLetter(c) || c == '_');
    }

    private static boolean isWordPart(char c) {
        return isWordStart(c) || (c >= '0' && c <= '9');
    }

    private void refuseIf(boolean wrong, @Nullable String detail) {
        if (wrong) {
            int column = column(line, text.length() - lineStart + 1);
            throw SqlProblems.invalid(line, column, String.valueOf(detail));
        }
    }
}
