package dev.sextant.query.expression;

import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.query.expression.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a text into tokens. Comments are none: they are refused. */
final class Lexer {

    private static final Pattern SPACE = Pattern.compile("[ \\t\\r\\n]*");
    private static final Pattern TOKEN = Pattern.compile("(?<name>[A-Za-z_][A-Za-z0-9_]*)"
            + "|(?<number>(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?(?![A-Za-z0-9_.]))"
            + "|'(?<string>(?:[^']|'')*+)'"
            + "|\"(?<quoted>(?:[^\"]|\"\")++)\""
            + "|(?<sign><>|!=|<=|>=|\\|\\||[-+*/%=<>(),.\\[\\]])");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();

    private Lexer(String text) {
        this.text = text;
    }

    /** The last one is the only {@code END}. */
    static List<Token> tokens(String text) {
        return new Lexer(text).read();
    }

    private List<Token> read() {
        Matcher token = TOKEN.matcher(text);
        Matcher space = SPACE.matcher(text);
        int at = 0;
        while (true) {
            space.region(at, text.length()).lookingAt();
            at = space.end();
            if (at == text.length()) {
                tokens.add(new Token(Kind.END, "", at));
                return tokens;
            }
            refuseComment(at);
            if (!token.region(at, text.length()).lookingAt()) {
                throw stray(at);
            }
            tokens.add(token(token));
            at = token.end();
        }
    }

    private static Token token(Matcher token) {
        int at = token.start();
        if (token.group("name") != null) {
            return new Token(Kind.NAME, token.group("name"), at);
        }
        if (token.group("number") != null) {
            return new Token(Kind.NUMBER, token.group("number"), at);
        }
        if (token.group("string") != null) {
            return new Token(Kind.STRING, token.group("string").replace("''", "'"), at);
        }
        if (token.group("quoted") != null) {
            return new Token(Kind.QUOTED_NAME, token.group("quoted").replace("\"\"", "\""), at);
        }
        String sign = token.group("sign");
        return new Token(Kind.SIGN, sign.equals("!=") ? "<>" : sign, at);
    }

    private void refuseComment(int at) {
        if (text.startsWith("--", at) || text.startsWith("/*", at)) {
            throw refusal(
                    at, "Comments have no place in an expression; to subtract a negative number leave a space: a - -1");
        }
    }

    private ExpressionRefusal stray(int at) {
        char first = text.charAt(at);
        String shown = new String(Character.toChars(text.codePointAt(at)));
        if (first == '\'' || first == '"') {
            return refusal(at, "A %s that opens here is never closed".formatted(first == '"' ? "name" : "text"));
        }
        if (Character.isDigit(first)) {
            return refusal(at, "No number is written so");
        }
        if (first == ';') {
            return refusal(at, "An expression is one value, and ends with the text: ';' has no place in it");
        }
        return refusal(
                at,
                Character.isISOControl(first)
                        ? "A control character has no place here"
                        : "'%s' has no meaning here".formatted(shown));
    }

    private static ExpressionRefusal refusal(int at, String detail) {
        return ExpressionRefusal.at(at, Reason.INVALID_QUERY, detail);
    }
}
