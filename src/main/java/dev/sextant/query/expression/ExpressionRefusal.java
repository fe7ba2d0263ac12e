package dev.sextant.query.expression;

import dev.sextant.kernel.Problem.Unprocessable.Reason;

/** A text that is no expression; the message tells its author where and why. */
public final class ExpressionRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    private ExpressionRefusal(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** @param position of the character, from 0 */
    static ExpressionRefusal at(int position, Reason reason, String detail) {
        return new ExpressionRefusal(reason, "%s (at character %d)".formatted(detail, position + 1));
    }

    static ExpressionRefusal of(Reason reason, String detail) {
        return new ExpressionRefusal(reason, detail);
    }

    public Reason reason() {
        return reason;
    }

    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? "" : message;
    }
}
