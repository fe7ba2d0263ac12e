package dev.sextant.query.expression;

import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.query.expression.Expression.Subject;
import dev.sextant.query.expression.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Reads names of fields, and paths into them. */
final class Names {

    private final Tokens tokens;
    private final Scope scope;

    Names(Tokens tokens, Scope scope) {
        this.tokens = tokens;
        this.scope = scope;
    }

    Subject read() {
        Token first = tokens.take();
        List<Object> steps = steps();
        String name = first.text();
        if (!steps.isEmpty()) {
            JsonPath path = JsonPath.of(name, steps);
            if (path == null) {
                throw ExpressionRefusal.at(
                        first.position(),
                        Reason.INVALID_QUERY,
                        "A path has at most %d steps; each is 1 to %d characters, none of them control characters, and not a star"
                                .formatted(JsonPath.STEPS_MAX, JsonPath.MEMBER_LENGTH_MAX));
            }
            name = path.name();
        }
        Subject subject = scope.find(name);
        if (subject == null) {
            throw ExpressionRefusal.at(first.position(), Reason.UNKNOWN_FIELD, scope.unknown(name));
        }
        return subject;
    }

    private List<Object> steps() {
        List<Object> steps = new ArrayList<>();
        while (true) {
            if (tokens.takeSign(".")) {
                if (tokens.here().kind() != Kind.NAME) {
                    throw tokens.unexpected("a member's name; others than letters, digits and _ are written as ['…']");
                }
                steps.add(tokens.take().text());
            } else if (tokens.takeSign("[")) {
                steps.add(bracketed());
                tokens.requireSign("]");
            } else {
                return steps;
            }
        }
    }

    private Object bracketed() {
        Token token = tokens.here();
        if (token.kind() == Kind.STRING) {
            return tokens.take().text();
        }
        boolean index = token.kind() == Kind.NUMBER
                && token.text().length() <= 5
                && token.text().chars().allMatch(Character::isDigit);
        if (!index) {
            throw tokens.unexpected(
                    "an index from 0 to %,d, or a member's name in quotes".formatted(JsonPath.INDEX_MAX));
        }
        return Integer.valueOf(tokens.take().text());
    }
}
