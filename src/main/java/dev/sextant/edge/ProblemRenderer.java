package dev.sextant.edge;

import dev.sextant.edge.defence.Doors;
import dev.sextant.http.BodyFailure;
import dev.sextant.http.FaultLog;
import dev.sextant.http.ProblemDocument;
import dev.sextant.kernel.Json;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes whatever failed as {@code application/problem+json} (RFC 9457). Nothing else writes an error body.
 */
final class ProblemRenderer {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemRenderer.class);

    private static final Problem UNREADABLE =
            new Problem.Malformed("The path or query is not well encoded, or the host is missing.");

    private static final Problem PATHLESS = new Problem.NotFound("No operation of the contract has this path.");

    private ProblemRenderer() {}

    static void render(RoutingContext context) {
        boolean callerHasGone = context.response().closed() || hasBroken(context);
        if (callerHasGone) {
            recordGone(context);
        } else {
            write(recorded(problem(context), context), context);
        }
    }

    /** The problem, once it is on record; another one where that fails. */
    private static Problem recorded(Problem problem, RoutingContext context) {
        RecordedCall exchange = RecordedCall.of(context);
        boolean isToRecord = exchange != null
                && !context.response().headWritten()
                && !(problem instanceof Problem.AuditUnavailable); // nothing was done
        if (exchange == null || !isToRecord) {
            return problem;
        }
        try {
            ProblemDocument told = ProblemDocument.of(
                    problem, context.request().path(), Arrival.of(context).trace());
            exchange.answered(told.status(), told.code(), 0);
            return problem;
        } catch (ProblemException unrecorded) {
            return unrecorded.problem();
        }
    }

    /** Nobody is told, but what was done was done. */
    private static void recordGone(RoutingContext context) {
        RecordedCall exchange = RecordedCall.of(context);
        if (exchange != null) {
            exchange.brokenOff();
        }
    }

    /**
     * The connection or its stream failed, not the operation: it closed within its body, or was reset; once an answer is being
     * written, nothing else fails like this.
     */
    private static boolean hasBroken(RoutingContext context) {
        return context.failure() instanceof ClosedChannelException
                || BodyFailure.isHangUp(context.failure())
                || ((context.failure() instanceof IOException || context.failure() instanceof VertxException)
                        && context.response().headWritten());
    }

    /** What the router itself refuses has a status; it may come before any route. */
    private static Problem problem(RoutingContext context) {
        return switch (context.statusCode()) {
            case 400 -> UNREADABLE;
            case 404 -> PATHLESS;
            default -> problem(context.failure());
        };
    }

    /** For what fails while the router looks for a route: the path is not well encoded. */
    static void renderUnreadable(RoutingContext context) {
        write(UNREADABLE, context);
    }

    private static void write(Problem problem, RoutingContext context) {
        write(problem, context.request(), Arrival.of(context));
    }

    static void write(Problem problem, HttpServerRequest request, Arrival arrival) {
        FaultLog.told(problem, arrival.trace());
        HttpServerResponse response = request.response();
        if (response.headWritten()) {
            response.reset();
            return;
        }
        addHeaders(problem, request);
        if (isHttp1(request)) {
            addConnectionHeaders(problem, request);
        }
        ProblemDocument document = ProblemDocument.of(problem, request.path(), arrival.trace());
        response.setStatusCode(document.status())
                .putHeader("content-type", "application/problem+json")
                .end(Buffer.buffer(Json.write(document)));
        if (!request.isEnded()) {
            request.resume(); // What is left of the body is dropped, so that the connection can go on.
        }
    }

    private static void addHeaders(Problem problem, HttpServerRequest request) {
        HttpServerResponse response = request.response();
        switch (problem) {
            case Problem.Unauthenticated _, Problem.CredentialEnded _ ->
                response.putHeader("www-authenticate", challenge(request));
            case Problem.SignatureRefused _ -> response.putHeader("www-authenticate", "Bearer");
            case Problem.InsufficientScope lacking ->
                response.putHeader(
                        "www-authenticate",
                        "Bearer error=\"insufficient_scope\", scope=\"%s\"".formatted(lacking.scope()));
            case Problem.OauthRefused refused
            when refused.error() == Problem.OauthRefused.ErrorCode.INVALID_CLIENT ->
                response.putHeader("www-authenticate", "Basic realm=\"oauth\"");
            case Problem.MethodNotAllowed refused -> response.putHeader("allow", String.join(", ", refused.allowed()));
            case Problem.Overloaded busy ->
                response.putHeader("retry-after", Integer.toString(busy.retryAfterSeconds()));
            case Problem.QuotaExceeded full ->
                response.putHeader("retry-after", Integer.toString(full.retryAfterSeconds()));
            case Problem.AbnormalUsage banned ->
                response.putHeader("retry-after", Integer.toString(banned.retryAfterSeconds()));
            case Problem.UpgradeRequired _ -> response.putHeader("upgrade", "websocket");
            case Problem.Unavailable _,
                    Problem.IdentityUnavailable _,
                    Problem.AuditUnavailable _,
                    Problem.IdempotencyInProgress _,
                    Problem.ScaleInProgress _ -> response.putHeader("retry-after", "1");
            default -> {}
        }
    }

    /** Whoever showed no credential is told no error. Source: RFC 6750, section 3.1. */
    private static String challenge(HttpServerRequest request) {
        return request.headers().contains("authorization") ? "Bearer error=\"invalid_token\"" : "Bearer";
    }

    /** HTTP/2 knows no such headers. */
    private static void addConnectionHeaders(Problem problem, HttpServerRequest request) {
        if (problem instanceof Problem.UpgradeRequired) {
            request.response().putHeader("connection", "upgrade");
        }
        if (problem instanceof Problem.RequestTimeout || Doors.isBodyBroken(request)) {
            request.response().putHeader("connection", "close");
            request.response().bodyEndHandler(_ -> request.connection().close());
        }
        if (problem instanceof Problem.TooLarge && !request.isEnded()) {
            request.response().putHeader("connection", "close");
            request.end().onComplete(_ -> request.connection().close());
        }
    }

    private static boolean isHttp1(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_1_1 || request.version() == HttpVersion.HTTP_1_0;
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
        return Problem.Fault.of(incident, "The request failed");
    }
}
