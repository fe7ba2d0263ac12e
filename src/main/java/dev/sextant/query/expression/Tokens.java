package dev.sextant.query.expression;

import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.query.expression.Token.Kind;
import java.util.List;

/** Walks the tokens of a text, one after the other. */
final class Tokens {

    private final List<Token> all;
    private int at;

    Tokens(List<Token> all) {
        this.all = all;
    }

    Token here() {
        return all.get(at);
    }

    Token next() {
        return all.get(Math.min(at + 1, all.size() - 1));
    }

    Token take() {
        Token token = here();
        at = Math.min(at + 1, all.size() - 1);
        return token;
    }

    boolean takeSign(String sign) {
        return taken(here().isSign(sign));
    }

    boolean takeWord(String word) {
        return taken(here().isWord(word));
    }

    private boolean taken(boolean fits) {
        if (fits) {
            take();
        }
        return fits;
    }

    void requireSign(String sign) {
        if (!takeSign(sign)) {
            throw unexpected("'" + sign + "'");
        }
    }

    void requireWord(String word) {
        if (!takeWord(word)) {
            throw unexpected(word);
        }
    }

    String requireString(String what) {
        if (here().kind() != Kind.STRING) {
            throw unexpected(what);
        }
        return take().text();
    }

    ExpressionRefusal unexpected(String wanted) {
        return refusal("Expected %s, found %s".formatted(wanted, here().shown()));
    }

    ExpressionRefusal refusal(String detail) {
        return ExpressionRefusal.at(here().position(), Reason.INVALID_QUERY, detail);
    }
}
