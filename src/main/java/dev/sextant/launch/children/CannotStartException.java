package dev.sextant.launch.children;

import org.jspecify.annotations.Nullable;

/** Why the server does not start, in one sentence for the person who started it. */
public final class CannotStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CannotStartException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
