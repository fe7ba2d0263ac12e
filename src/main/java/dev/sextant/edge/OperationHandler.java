package dev.sextant.edge;

import com.networknt.schema.Schema;
import dev.sextant.http.Authenticator;
import dev.sextant.http.Body;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Params;
import dev.sextant.http.Reply;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Json;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The way of a request through the edge, in order: authenticate, authorize, agree on the answer's media type, check the
 * parameters, take the body, run the operation, write its reply. The body stays paused until it is taken.
 */
final class OperationHandler implements Handler<RoutingContext> {

    private final ContractOperation promised;
    private final List<String> produced;
    private final Operation operation;
    private final Authenticator authenticator;
    private final EdgeConfig config;

    OperationHandler(ContractOperation promised, Operation operation, Authenticator authenticator, EdgeConfig config) {
        this.promised = promised;
        this.produced = promised.produced();
        this.operation = operation;
        this.authenticator = authenticator;
        this.config = config;
    }

    @Override
    public void handle(RoutingContext context) {
        Deadline deadline = Deadline.in(config.patience());
        HttpServerRequest request = context.request();
        request.pause();
        authenticator
                .authenticate(header(request, "authorization", ""))
                .map(principal -> admitted(context, principal, deadline))
                .compose(call -> body(request).map(call::with))
                .compose(operation::handle)
                .compose(reply -> write(reply, context.response()))
                .onFailure(context::fail);
    }

    /** The call, all but its body. */
    private Call admitted(RoutingContext context, Principal principal, Deadline deadline) {
        authorize(principal);
        agree(header(context.request(), "accept", "*/*"));
        Params params = RequestValidator.params(promised.parameters(), raw(context));
        return new Call(principal, Arrival.of(context).trace(), deadline, params, new Body.Empty());
    }

    private void authorize(Principal principal) {
        for (String scope : promised.scopes()) {
            if (!principal.scopes().contains(scope)) {
                throw new ProblemException(
                        new Problem.InsufficientScope(scope, "This needs the scope '%s'.".formatted(scope)));
            }
        }
    }

    private void agree(String accept) {
        if (MediaTypes.agreed(accept, produced).isEmpty()) {
            throw new ProblemException(
                    new Problem.NotAcceptable(produced, "This answers as %s.".formatted(String.join(", ", produced))));
        }
    }

    private Map<String, Map<String, List<String>>> raw(RoutingContext context) {
        Map<String, List<String>> path = new HashMap<>();
        context.pathParams().forEach((name, value) -> path.put(name, List.of(value)));
        return Map.of("path", path, "query", lists(context.queryParams()), "header", promisedHeaders(context));
    }

    private Map<String, List<String>> promisedHeaders(RoutingContext context) {
        MultiMap headers = context.request().headers();
        Map<String, List<String>> raw = new HashMap<>();
        promised.parameters().stream()
                .filter(parameter -> parameter.in().equals("header"))
                .forEach(parameter -> raw.put(parameter.name(), headers.getAll(parameter.name())));
        return raw;
    }

    private static Map<String, List<String>> lists(MultiMap values) {
        Map<String, List<String>> lists = new HashMap<>();
        values.names().forEach(name -> lists.put(name, values.getAll(name)));
        return lists;
    }

    private Future<Body> body(HttpServerRequest request) {
        if (promised.consumed().isEmpty()) {
            request.resume();
            return Future.succeededFuture(new Body.Empty());
        }
        String type = MediaTypes.bare(header(request, "content-type", ""));
        Schema schema = promised.consumed().get(type);
        if (schema == null) {
            List<String> accepted =
                    promised.consumed().keySet().stream().sorted().toList();
            return Future.failedFuture(new ProblemException(new Problem.UnsupportedMediaType(
                    accepted, "Send %s as content-type.".formatted(String.join(" or ", accepted)))));
        }
        return MediaTypes.isJson(type)
                ? BodyReader.read(request, config.bodyBytesMax()).map(bytes -> RequestValidator.json(schema, bytes))
                : Future.succeededFuture(new Body.Stream(request));
    }

    private static Future<Void> write(Reply reply, HttpServerResponse response) {
        return switch (reply) {
            case Reply.Encoded encoded ->
                head(response, encoded.status(), encoded.headers()).end(encoded.bytes());
            case Reply.Value value ->
                head(response.putHeader("content-type", "application/json"), value.status(), value.headers())
                        .end(Buffer.buffer(Json.write(value.body())));
            case Reply.Stream stream ->
                head(response, stream.status(), stream.headers()).send(stream.bytes());
            case Reply.NotModified fresh -> head(response, 304, fresh.headers()).end();
            case Reply.NoContent _ -> response.setStatusCode(204).end();
            case Reply.Socket _ -> throw new IllegalStateException("TBD");
        };
    }

    private static HttpServerResponse head(HttpServerResponse response, int status, Map<String, String> headers) {
        headers.forEach(response::putHeader);
        return response.setStatusCode(status);
    }

    private static String header(HttpServerRequest request, String name, String otherwise) {
        String value = request.getHeader(name);
        return value == null ? otherwise : value;
    }
}
