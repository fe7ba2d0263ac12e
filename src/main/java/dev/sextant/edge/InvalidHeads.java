package dev.sextant.edge;

import dev.sextant.edge.defence.UnknownVersionException;
import dev.sextant.kernel.Problem;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;

/** Answers requests of HTTP/1 whose head does not parse; no router sees them. Their connection ends after that. */
record InvalidHeads(int headerBytesMax, ClientAddresses addresses) implements Handler<HttpServerRequest> {

    private static final Problem FRAMING = new Problem.Malformed(
            "Say how long the body is in one way: by Content-Length, or by 'Transfer-Encoding: chunked' alone.");

    private static final Problem HOSTS = new Problem.Malformed("Send one Host header.");

    @Override
    public void handle(HttpServerRequest request) {
        refuse(request, problem(request.decoderResult().cause()));
    }

    /** For a request of which two readers may think that it ends at two places. */
    void refuseFraming(HttpServerRequest request) {
        refuse(request, FRAMING);
    }

    /** For a request that two readers may take to two hosts. */
    void refuseHosts(HttpServerRequest request) {
        refuse(request, HOSTS);
    }

    private void refuse(HttpServerRequest request, Problem problem) {
        request.response().putHeader("connection", "close");
        ProblemRenderer.write(problem, request, Arrival.begin(request, addresses));
        request.connection().close();
    }

    private Problem problem(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException _ ->
                new Problem.UriTooLong(headerBytesMax, "A request line may have %d bytes.".formatted(headerBytesMax));
            case TooLongHttpHeaderException _ ->
                new Problem.HeadersTooLarge(
                        headerBytesMax, "All headers together may have %d bytes.".formatted(headerBytesMax));
            case UnknownVersionException _ ->
                new Problem.VersionNotSupported("Here HTTP/1.1, HTTP/1.0 and HTTP/2 are spoken: use one of these.");
            default -> new Problem.Malformed("The request line or a header is not valid HTTP/1.1.");
        };
    }
}
