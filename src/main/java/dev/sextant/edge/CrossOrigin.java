package dev.sextant.edge;

import dev.sextant.http.OriginRules;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells browsers which pages of other sites may read an answer. A preflight brings no credential: it passes where any tenant
 * allows the page, which gives away nothing; whether the caller's tenant does is told with the answer itself. Cookies play
 * no part. Source: Fetch standard, section 3.2.
 */
final class CrossOrigin implements Handler<RoutingContext> {

    private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";
    private static final String ASKED_HEADERS =
            "accept, accept-signature, authorization, content-digest, content-encoding,"
                    + " content-type, idempotency-key, if-match, if-none-match, prefer, signature, signature-input, traceparent";

    /** What any answer can have, whichever operation gives it. */
    private static final List<String> OF_ALL = List.of(
            "allow",
            "content-digest",
            "idempotent-replayed",
            "server-timing",
            "signature",
            "signature-input",
            "traceparent",
            "www-authenticate",
            "x-request-id");

    private static final String PREFLIGHT_SECONDS = "600";

    private final OriginRules rules;
    private final String told;

    /** @param promised the headers that the contract names */
    CrossOrigin(OriginRules rules, Set<String> promised) {
        this.rules = rules;
        this.told = Stream.concat(OF_ALL.stream(), promised.stream())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** Answers preflights, and passes all else on. */
    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        String origin = request.getHeader("origin");
        boolean isPreflight = request.method().equals(HttpMethod.OPTIONS)
                && origin != null
                && request.headers().contains("access-control-request-method");
        if (!isPreflight) {
            context.next();
            return;
        }
        HttpServerResponse response = context.response()
                .putHeader("vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
        if (rules.isKnown(origin)) {
            response.setStatusCode(204)
                    .putHeader("access-control-allow-origin", origin)
                    .putHeader("access-control-allow-methods", METHODS)
                    .putHeader("access-control-allow-headers", ASKED_HEADERS)
                    .putHeader("access-control-max-age", PREFLIGHT_SECONDS)
                    .end();
        } else {
            context.fail(
                    new ProblemException(
                            new Problem.PolicyDenied(
                                    "No tenant lets pages of this origin read answers; see allowed_origins of the security settings.")));
        }
    }

    /** Lets the page that sent a request read its answer, if the caller's tenant does. */
    void welcome(Principal principal, HttpServerRequest request) {
        String origin = request.getHeader("origin");
        if (origin != null && rules.allows(principal, origin)) {
            request.response()
                    .putHeader("access-control-allow-origin", origin)
                    .putHeader("access-control-expose-headers", told)
                    .putHeader("cross-origin-resource-policy", "cross-origin");
        }
    }
}
