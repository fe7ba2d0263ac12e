package dev.sextant.edge;

import dev.sextant.edge.ContractOperation.Access;
import dev.sextant.http.Authenticator;
import dev.sextant.http.Body;
import dev.sextant.http.Call;
import dev.sextant.http.Guard;
import dev.sextant.http.Receiver;
import dev.sextant.http.Target;
import dev.sextant.http.Usage;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import dev.sextant.telemetry.RequestMeter;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;

/**
 * The way of a request through the edge, in order: authenticate, authorize, agree on the answer's media type, check the
 * parameters, enter the tenant, take the body, pass the guards, run the operation, write its reply. The body stays paused until it is
 * taken.
 */
final class OperationHandler implements Handler<RoutingContext> {

    private final ContractOperation promised;
    private final RequestReader reader;
    private final Guard.Next operation;
    private final Authenticator authenticator;
    private final RequestMeter meter;
    private final Duration patience;

    /**
     * @param operation with all guards before it
     * @param patience how long a request may take
     */
    OperationHandler(
            RequestReader reader,
            Guard.Next operation,
            Authenticator authenticator,
            RequestMeter meter,
            Duration patience) {
        this.promised = reader.promised();
        this.reader = reader;
        this.operation = operation;
        this.authenticator = authenticator;
        this.meter = meter;
        this.patience = patience;
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        request.pause();
        context.response()
                .endHandler(_ -> meter.record(
                        context.response().getStatusCode(), Arrival.of(context).elapsedNanos()));
        Deadline deadline = Deadline.in(patience);
        authenticate(context)
                .compose(principal -> answer(context, principal, deadline))
                .onFailure(context::fail);
    }

    private Future<Principal> authenticate(RoutingContext context) {
        String authorization = context.request().getHeader("authorization");
        boolean anonymous =
                promised.access() == Access.PUBLIC || (promised.access() == Access.OPTIONAL && authorization == null);
        return anonymous
                ? Future.succeededFuture(Principal.NOBODY)
                : authenticator.authenticate(
                        authorization == null ? "" : authorization,
                        Arrival.of(context).client());
    }

    private Future<Void> answer(RoutingContext context, Principal principal, Deadline deadline) {
        long authenticatedNanos = System.nanoTime();
        return enter(admitted(context, principal, deadline))
                .compose(call -> reader.body(context.request()).map(call::with))
                .compose(operation::handle)
                .compose(reply -> ReplyWriter.write(reply, context, authenticatedNanos));
    }

    /** The call, all but its body. */
    private Call admitted(RoutingContext context, Principal principal, Deadline deadline) {
        authorize(principal);
        HttpServerRequest request = context.request();
        Receiver receiver =
                new Receiver(reader.agree(request), context.response().headers(), hangUp(context));
        return new Call(
                principal,
                Arrival.of(context).client(),
                Arrival.of(context).trace(),
                deadline,
                new Target(promised.operationId(), promised.method().name(), request.path(), promised.scopes()),
                reader.params(context),
                new Body.Empty(),
                receiver,
                new Usage());
    }

    private static Future<Void> hangUp(RoutingContext context) {
        Promise<Void> gone = Promise.promise();
        context.response().closeHandler(_ -> gone.tryComplete());
        return gone.future();
    }

    private void authorize(Principal principal) {
        if (promised.access() == Access.OPTIONAL && principal.equals(Principal.NOBODY)) {
            return;
        }
        for (String scope : promised.scopes()) {
            if (!principal.scopes().contains(scope)) {
                throw new ProblemException(
                        new Problem.InsufficientScope(scope, "This needs the scope '%s'.".formatted(scope)));
            }
        }
    }

    /** A {@code tenant_id} that is not the caller's own needs the right to cross over. Nobody is asked for it yet. */
    private Future<Call> enter(Call call) {
        Optional<String> named = call.params().find("tenant_id", String.class);
        if (named.isEmpty()
                || named.get().equals(call.principal().tenant().value())
                || call.principal().equals(Principal.NOBODY)) {
            return Future.succeededFuture(call);
        }
        return authenticator.enter(call.principal(), new TenantId(named.get())).map(call::as);
    }
}
