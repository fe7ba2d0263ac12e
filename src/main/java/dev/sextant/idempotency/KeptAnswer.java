package dev.sextant.idempotency;

import dev.sextant.http.ProblemDocument;
import dev.sextant.http.Reply;
import dev.sextant.kernel.Json;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.Trace;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was answered in the end, so that it can be answered again.
 *
 * @param status 0 for a problem
 * @param body JSON, or whatever its {@code content-type} says; null for none
 * @param problem null where all went well
 */
@SuppressWarnings("ArrayRecordComponent") // Written and read once, compared by nobody.
record KeptAnswer(
        int status,
        Map<String, String> headers,
        byte @Nullable [] body,
        @Nullable Problem problem) {

    /** Empty for what is not final: faults, what passes by itself, and what flows or becomes a socket. */
    static Optional<KeptAnswer> of(AsyncResult<Reply> replied, Trace trace, int bytesMax) {
        return replied.failed() ? of(replied.cause(), trace) : of(replied.result(), bytesMax);
    }

    private static Optional<KeptAnswer> of(Throwable failure, Trace trace) {
        if (!(failure instanceof ProblemException known)) {
            return Optional.empty();
        }
        ProblemDocument told = ProblemDocument.of(known.problem(), "", trace);
        return told.status() >= 500 || told.retryable()
                ? Optional.empty()
                : Optional.of(new KeptAnswer(0, Map.of(), null, known.problem()));
    }

    private static Optional<KeptAnswer> of(Reply reply, int bytesMax) {
        return switch (reply) {
            case Reply.Value value ->
                kept(value.status(), typed(value.headers(), "application/json"), Json.write(value.body()), bytesMax);
            case Reply.Encoded encoded ->
                kept(encoded.status(), encoded.headers(), encoded.bytes().getBytes(), bytesMax);
            case Reply.NoContent _ -> Optional.of(new KeptAnswer(204, Map.of(), null, null));
            case Reply.NotModified _, Reply.Stream _, Reply.Socket _ -> Optional.empty();
        };
    }

    private static Optional<KeptAnswer> kept(int status, Map<String, String> headers, byte[] body, int bytesMax) {
        return Optional.of(new KeptAnswer(status, headers, body.length > bytesMax ? null : body, null));
    }

    private static Map<String, String> typed(Map<String, String> headers, String type) {
        Map<String, String> typed = new HashMap<>(headers);
        typed.put("content-type", type);
        return typed;
    }

    Future<Reply> again() {
        if (problem != null) {
            return ProblemException.failed(problem);
        }
        return Future.succeededFuture(
                body == null ? new Reply.NoContent() : new Reply.Encoded(status, headers, Buffer.buffer(body)));
    }
}
