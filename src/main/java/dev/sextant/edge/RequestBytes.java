package dev.sextant.edge;

import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/** The body of a request as it comes. Where it breaks off, or its chunks are no chunks, it fails as {@code Malformed}. */
record RequestBytes(HttpServerRequest request) implements ReadStream<Buffer> {

    private static final Problem BROKEN = new Problem.Malformed("The body broke off, or is not valid HTTP.");

    @Override
    public RequestBytes exceptionHandler(@Nullable Handler<Throwable> handler) {
        request.exceptionHandler(handler == null ? null : _ -> handler.handle(new ProblemException(BROKEN)));
        return this;
    }

    @Override
    public RequestBytes handler(@Nullable Handler<Buffer> handler) {
        request.handler(handler);
        return this;
    }

    @Override
    public RequestBytes endHandler(@Nullable Handler<Void> handler) {
        request.endHandler(handler);
        return this;
    }

    @Override
    public RequestBytes pause() {
        request.pause();
        return this;
    }

    @Override
    public RequestBytes resume() {
        request.resume();
        return this;
    }

    @Override
    public RequestBytes fetch(long amount) {
        request.fetch(amount);
        return this;
    }
}
