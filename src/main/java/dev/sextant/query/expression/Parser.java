package dev.sextant.query.expression;

import dev.sextant.query.expression.Expression.Literal;
import dev.sextant.query.expression.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the structure of a text, by recursive descent. From loose to tight: {@code OR}; {@code AND}; {@code NOT};
 * comparisons; {@code + - ||}; {@code * / %}; a sign. What has two ways to be written becomes one.
 */
final class Parser {

    private static final Map<String, Operation> COMPARISONS = Map.of(
            "=", Operation.EQUAL,
            "<", Operation.LESS,
            "<=", Operation.LESS_OR_EQUAL,
            ">", Operation.GREATER,
            ">=", Operation.GREATER_OR_EQUAL);

    private static final Map<String, Operation> SUMS =
            Map.of("+", Operation.ADD, "-", Operation.SUBTRACT, "||", Operation.CONCAT);

    private static final Map<String, Operation> PRODUCTS =
            Map.of("*", Operation.MULTIPLY, "/", Operation.DIVIDE, "%", Operation.REMAINDER);

    private final Tokens tokens;
    private final Atoms atoms;
    private int depth;
    private int nodes;

    Parser(List<Token> tokens, Scope scope) {
        this.tokens = new Tokens(tokens);
        this.atoms = new Atoms(this, this.tokens, scope);
    }

    Expression read() {
        Expression read = expression();
        if (tokens.here().kind() != Kind.END) {
            throw tokens.unexpected("an operator or the end");
        }
        return read;
    }

    Expression expression() {
        deeper();
        Expression read = disjunction();
        depth--;
        return read;
    }

    private void deeper() {
        if (++depth > ExpressionReader.DEPTH_MAX) {
            throw tokens.refusal("An expression is at most %d levels deep".formatted(ExpressionReader.DEPTH_MAX));
        }
    }

    /** Called for each value and each operation. */
    void count() {
        if (++nodes > ExpressionReader.NODES_MAX) {
            throw tokens.refusal(
                    "An expression has at most %d values, names and operations".formatted(ExpressionReader.NODES_MAX));
        }
    }

    Expression call(Operation operation, int position, List<Expression> operands) {
        count();
        return new Typing(position).call(operation, operands);
    }

    private Expression disjunction() {
        Expression left = conjunction();
        while (tokens.here().isWord("OR")) {
            int position = tokens.take().position();
            left = call(Operation.OR, position, List.of(left, conjunction()));
        }
        return left;
    }

    private Expression conjunction() {
        Expression left = negation();
        while (tokens.here().isWord("AND")) {
            int position = tokens.take().position();
            left = call(Operation.AND, position, List.of(left, negation()));
        }
        return left;
    }

    private Expression negation() {
        if (!tokens.here().isWord("NOT")) {
            return comparison();
        }
        int position = tokens.take().position();
        deeper();
        Expression negated = not(position, negation());
        depth--;
        return negated;
    }

    private Expression not(int position, Expression condition) {
        return call(Operation.NOT, position, List.of(condition));
    }

    private Expression comparison() {
        Expression left = sum();
        Token operator = tokens.here();
        int position = operator.position();
        if (operator.kind() == Kind.SIGN
                && (operator.text().equals("<>") || COMPARISONS.containsKey(operator.text()))) {
            tokens.take();
            Operation operation = COMPARISONS.getOrDefault(operator.text(), Operation.EQUAL);
            Expression compared = call(operation, position, List.of(left, sum()));
            return operator.text().equals("<>") ? not(position, compared) : compared;
        }
        if (tokens.takeWord("IS")) {
            boolean negated = tokens.takeWord("NOT");
            tokens.requireWord("NULL");
            Expression isNull = call(Operation.IS_NULL, position, List.of(left));
            return negated ? not(position, isNull) : isNull;
        }
        boolean negated = operator.isWord("NOT");
        Expression member = membership(left, negated);
        return member == null ? left : negated ? not(position, member) : member;
    }

    /** {@code [NOT] IN (…)} or {@code [NOT] BETWEEN … AND …}; null where neither stands here. */
    private @Nullable Expression membership(Expression left, boolean negated) {
        Token word = negated ? tokens.next() : tokens.here();
        if (!word.isWord("IN") && !word.isWord("BETWEEN")) {
            if (word.isWord("LIKE") || word.isWord("ILIKE") || word.isWord("SIMILAR")) {
                throw tokens.refusal("There are no patterns here: use CONTAINS(text, part) or STARTS_WITH(text, part)");
            }
            return null;
        }
        if (negated) {
            tokens.take();
        }
        tokens.take();
        return word.isWord("IN") ? in(left, word.position()) : between(left, word.position());
    }

    private Expression in(Expression left, int position) {
        tokens.requireSign("(");
        List<Expression> operands = new ArrayList<>(List.of(left));
        operands.addAll(list());
        return call(Operation.IN, position, operands);
    }

    private Expression between(Expression left, int position) {
        Expression from = sum();
        tokens.requireWord("AND");
        Expression to = sum();
        Expression above = call(Operation.GREATER_OR_EQUAL, position, List.of(left, from));
        Expression below = call(Operation.LESS_OR_EQUAL, position, List.of(left, to));
        return call(Operation.AND, position, List.of(above, below));
    }

    /** One or more, up to the closing bracket, which is taken. */
    List<Expression> list() {
        List<Expression> list = new ArrayList<>();
        do {
            list.add(expression());
        } while (tokens.takeSign(","));
        tokens.requireSign(")");
        return list;
    }

    private Expression sum() {
        Expression left = product();
        Operation operation = here(SUMS);
        while (operation != null) {
            int position = tokens.take().position();
            left = call(operation, position, List.of(left, product()));
            operation = here(SUMS);
        }
        return left;
    }

    private Expression product() {
        Expression left = signed();
        Operation operation = here(PRODUCTS);
        while (operation != null) {
            int position = tokens.take().position();
            left = call(operation, position, List.of(left, signed()));
            operation = here(PRODUCTS);
        }
        return left;
    }

    private @Nullable Operation here(Map<String, Operation> operations) {
        Token token = tokens.here();
        return token.kind() == Kind.SIGN ? operations.get(token.text()) : null;
    }

    private Expression signed() {
        int position = tokens.here().position();
        if (tokens.takeSign("+")) {
            return signed(position, false);
        }
        return tokens.takeSign("-") ? signed(position, true) : atoms.read(false);
    }

    private Expression signed(int position, boolean negative) {
        if (tokens.here().kind() == Kind.NUMBER) {
            return atoms.read(negative);
        }
        deeper();
        Expression operand = signed();
        depth--;
        return negative ? negated(position, operand) : operand;
    }

    private Expression negated(int position, Expression operand) {
        return switch (operand instanceof Literal literal ? literal.value() : operand) {
            case Long whole when whole != Long.MIN_VALUE -> new Literal(-whole, operand.type());
            case Double number -> new Literal(number == 0 ? 0.0 : -number, operand.type());
            default -> call(Operation.NEGATE, position, List.of(operand));
        };
    }
}
