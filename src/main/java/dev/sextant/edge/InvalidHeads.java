package dev.sextant.edge;

import dev.sextant.kernel.Problem;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;

/** Answers requests of HTTP/1 whose head does not parse; no router sees them. Their connection ends after that. */
record InvalidHeads(int headerBytesMax, ClientAddresses addresses) implements Handler<HttpServerRequest> {

    @Override
    public void handle(HttpServerRequest request) {
        ProblemRenderer.write(problem(request.decoderResult().cause()), request, Arrival.begin(request, addresses));
        request.connection().close();
    }

    private Problem problem(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException _ ->
                new Problem.UriTooLong(headerBytesMax, "A request line may have %d bytes.".formatted(headerBytesMax));
            case TooLongHttpHeaderException _ ->
                new Problem.HeadersTooLarge(
                        headerBytesMax, "All headers together may have %d bytes.".formatted(headerBytesMax));
            default -> new Problem.Malformed("The request line or a header is not valid HTTP.");
        };
    }
}
