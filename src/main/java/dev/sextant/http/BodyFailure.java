package dev.sextant.http;

import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;

/** What the stream of a body failed with, told as it is meant. Pure. */
public final class BodyFailure {

    private BodyFailure() {}

    /** Whether the caller has gone: it closed its connection, or, over HTTP/2, ended its stream before its end. */
    public static boolean isHangUp(Throwable failure) {
        return failure instanceof HttpClosedException || failure instanceof StreamResetException;
    }

    /** A caller who hung up stays that; whatever else is no problem yet is a body that is no valid HTTP. */
    public static Throwable of(Throwable failure) {
        return failure instanceof ProblemException || isHangUp(failure)
                ? failure
                : new ProblemException(new Problem.Malformed("The body is not valid HTTP: its chunks do not parse."));
    }
}
