package dev.sextant.edge;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sextant.kernel.Json;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.Violation;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes whatever failed as {@code application/problem+json} (RFC 9457). Nothing else writes an error body, and nothing
 * else knows the statuses.
 */
final class ProblemRenderer {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemRenderer.class);

    private record Look(int status, String code, String title) {}

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private record Document(
            String type,
            String title,
            int status,
            String code,
            String detail,
            String instance,
            String requestId,
            String traceId,
            List<Violation> errors,
            boolean retryable) {}

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
        response.setStatusCode(look(problem).status())
                .putHeader("content-type", "application/problem+json")
                .end(Buffer.buffer(Json.write(document(problem, context))));
    }

    private static Document document(Problem problem, RoutingContext context) {
        Look look = look(problem);
        Arrival arrival = Arrival.of(context);
        return new Document(
                type(look.code()),
                look.title(),
                look.status(),
                look.code(),
                problem.detail(),
                context.request().path(),
                arrival.requestId(),
                arrival.trace().traceId(),
                errors(problem),
                look.status() >= 503);
    }

    /** The types of the RateLimit draft have addresses of their own. */
    private static String type(String code) {
        String dashed = code.replace('_', '-');
        return code.equals("temporary_reduced_capacity")
                ? "https://iana.org/assignments/http-problem-types#" + dashed
                : "urn:sextant:problem:" + dashed;
    }

    private static List<Violation> errors(Problem problem) {
        return switch (problem) {
            case Problem.InvalidRequest invalid -> invalid.errors();
            case Problem.Unprocessable refused -> refused.errors();
            default -> List.of();
        };
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

    /** One row for each kind of problem; the compiler misses none. */
    private static Look look(Problem problem) {
        return switch (problem) {
            case Problem.Malformed _ -> new Look(400, "malformed", "Request does not parse");
            case Problem.Unauthenticated _ -> new Look(401, "unauthenticated", "Credential missing or not valid");
            case Problem.CredentialEnded ended -> new Look(401, code(ended.end()), "Credential no longer valid");
            case Problem.InsufficientScope _ -> new Look(403, "insufficient_scope", "Scope missing");
            case Problem.TenantMismatch _ -> new Look(403, "tenant_mismatch", "Another tenant's");
            case Problem.TenantSuspended _ -> new Look(403, "tenant_suspended", "Tenant suspended");
            case Problem.PolicyDenied _ -> new Look(403, "policy_denied", "Not permitted");
            case Problem.NotFound _ -> new Look(404, "not_found", "No such resource");
            case Problem.MethodNotAllowed _ -> new Look(405, "method_not_allowed", "Method not allowed");
            case Problem.NotAcceptable _ -> new Look(406, "not_acceptable", "No acceptable media type");
            case Problem.AlreadyExists _ -> new Look(409, "already_exists", "Name taken");
            case Problem.PreconditionFailed _ -> new Look(412, "precondition_failed", "Changed meanwhile");
            case Problem.TooLarge _ -> new Look(413, "too_large", "Body too large");
            case Problem.UnsupportedMediaType _ -> new Look(415, "unsupported_media_type", "Unsupported media type");
            case Problem.InvalidRequest _ -> new Look(422, "invalid_request", "Request is not valid");
            case Problem.Unprocessable refused -> new Look(422, code(refused.reason()), "Request cannot be meant");
            case Problem.UpgradeRequired _ -> new Look(426, "upgrade_required", "WebSocket only");
            case Problem.LimitExceeded _ -> new Look(422, "limit_exceeded", "Limit exceeded");
            case Problem.Fault _ -> new Look(500, "fault", "Internal fault");
            case Problem.Overloaded _ -> new Look(503, "temporary_reduced_capacity", "Busy");
            case Problem.Unavailable _ -> new Look(503, "unavailable", "Temporarily unavailable");
            case Problem.IdentityUnavailable _ -> new Look(503, "identity_unavailable", "Temporarily unavailable");
            case Problem.DeadlineExceeded _ -> new Look(504, "deadline_exceeded", "Too slow");
        };
    }

    private static String code(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
