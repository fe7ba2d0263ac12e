package dev.sextant.edge;

import dev.sextant.http.ProblemDocument;
import dev.sextant.kernel.Json;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes whatever failed as {@code application/problem+json} (RFC 9457). Nothing else writes an error body.
 */
final class ProblemRenderer {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemRenderer.class);

    private ProblemRenderer() {}

    static void render(RoutingContext context) {
        if (!context.response().closed()) { // else the caller has gone, and nobody is left to tell
            write(problem(context.failure()), context);
        }
    }

    /** For requests that vertx-web could not match, because their path or query is not well encoded. */
    static void renderUnmatched(RoutingContext context) {
        write(new Problem.Malformed("The path or query is not well encoded."), context);
    }

    private static void write(Problem problem, RoutingContext context) {
        HttpServerResponse response = context.response();
        if (response.headWritten()) {
            response.reset();
            return;
        }
        addHeaders(problem, response);
        context.request().resume(); // What is left of the body is dropped, so that the connection can go on.
        ProblemDocument document = document(problem, context);
        response.setStatusCode(document.status())
                .putHeader("content-type", "application/problem+json")
                .end(Buffer.buffer(Json.write(document)));
    }

    private static ProblemDocument document(Problem problem, RoutingContext context) {
        return ProblemDocument.of(
                problem, context.request().path(), Arrival.of(context).trace());
    }

    private static void addHeaders(Problem problem, HttpServerResponse response) {
        switch (problem) {
            case Problem.Unauthenticated _, Problem.CredentialEnded _ ->
                response.putHeader("www-authenticate", "Bearer");
            case Problem.MethodNotAllowed refused -> response.putHeader("allow", String.join(", ", refused.allowed()));
            case Problem.TooLarge _ -> response.putHeader("connection", "close");
            case Problem.Overloaded busy ->
                response.putHeader("retry-after", Integer.toString(busy.retryAfterSeconds()));
            case Problem.UpgradeRequired _ ->
                response.putHeader("upgrade", "websocket").putHeader("connection", "upgrade");
            case Problem.Unavailable _, Problem.IdentityUnavailable _ -> response.putHeader("retry-after", "1");
            default -> {}
        }
    }

    private static Problem problem(Throwable failure) {
        return switch (failure) {
            case ProblemException known -> known.problem();
            case null, default -> fault(failure);
        };
    }

    private static Problem fault(Throwable failure) {
        String incident = UUID.randomUUID().toString();
        LOG.error("Request failed at the edge, incident[{}]", incident, failure);
        return new Problem.Fault(incident, "The request failed; quote incident " + incident + ".");
    }
}
