package dev.sextant.edge.defence;

/** A request names a version of HTTP that is none of ours. Without a stack trace: strangers can have many. */
public final class UnknownVersionException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    UnknownVersionException() {
        super("A request is of another version of HTTP");
    }

    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
