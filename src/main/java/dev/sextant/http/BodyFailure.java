package dev.sextant.http;

import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.http.HttpClosedException;

/** What the stream of a body failed with, told as it is meant. Pure. */
public final class BodyFailure {

    private BodyFailure() {}

    /** A caller who hung up stays that; whatever else is no problem yet is a body that is no valid HTTP. */
    public static Throwable of(Throwable failure) {
        return failure instanceof ProblemException || failure instanceof HttpClosedException
                ? failure
                : new ProblemException(new Problem.Malformed("The body is not valid HTTP: its chunks do not parse."));
    }
}
