package dev.sextant.query.expression;

import dev.sextant.engine.FieldType;
import dev.sextant.kernel.Problem.Unprocessable.Reason;

/** Reads expressions. Pure. */
public final class ExpressionReader {

    public static final int LENGTH_MAX = 2_000;
    /** Of brackets, calls and cases in each other. */
    public static final int DEPTH_MAX = 24;
    /** Values, names and operations in one text. */
    public static final int NODES_MAX = 250;
    /** Of {@link Expression#weight}. */
    public static final int WEIGHT_MAX = 4_000;

    private ExpressionReader() {}

    /**
     * Reads a value.
     *
     * @throws ExpressionRefusal where the text is no expression over the scope
     */
    public static Expression read(String text, Scope scope) {
        if (text.length() > LENGTH_MAX) {
            throw ExpressionRefusal.of(
                    Reason.INVALID_QUERY, "An expression has at most %,d characters".formatted(LENGTH_MAX));
        }
        refuseUnkeepable(text);
        Expression read = new Parser(Lexer.tokens(text), scope).read();
        refuseLarge(read, scope);
        return read;
    }

    /**
     * Reads a condition.
     *
     * @throws ExpressionRefusal also where it is a value of another type
     */
    public static Expression readCondition(String text, Scope scope) {
        Expression read = read(text, scope);
        if (read.type() != FieldType.BOOLEAN) {
            throw ExpressionRefusal.of(
                    Reason.TYPE_MISMATCH,
                    "A condition is met or not, and this is %s: compare it with something"
                            .formatted(Typing.named(read.type())));
        }
        return read;
    }

    /** What is read must also read when it is written the one way, in which shorthands are spelled out. */
    private static void refuseLarge(Expression read, Scope scope) {
        String written = read.text();
        boolean large = read.weight(_ -> 1) > WEIGHT_MAX || written.length() > LENGTH_MAX;
        try {
            if (large || !new Parser(Lexer.tokens(written), scope).read().equals(read)) {
                throw tooLarge();
            }
        } catch (ExpressionRefusal _) {
            throw tooLarge();
        }
    }

    private static ExpressionRefusal tooLarge() {
        return ExpressionRefusal.of(
                Reason.INVALID_QUERY,
                "The expression grows too large when its BETWEEN, NULLIF and CASE x WHEN are written out, or nests too many"
                        + " divisions, comparisons and roots in each other");
    }

    /** No engine keeps a text with U+0000 or half a surrogate pair. */
    private static void refuseUnkeepable(String text) {
        int at = 0;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            if (point == 0 || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)) {
                throw ExpressionRefusal.at(
                        at, Reason.INVALID_QUERY, "U+0000 and unpaired surrogates have no place in an expression");
            }
            at += Character.charCount(point);
        }
    }
}
