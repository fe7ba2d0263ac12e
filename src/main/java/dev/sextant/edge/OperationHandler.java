package dev.sextant.edge;

import dev.sextant.edge.ContractOperation.Access;
import dev.sextant.http.Body;
import dev.sextant.http.Call;
import dev.sextant.http.Guard;
import dev.sextant.http.MessageSecurity;
import dev.sextant.http.MessageSecurity.Exchange;
import dev.sextant.http.Receiver;
import dev.sextant.http.Target;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way of a request through the edge, in order: authenticate, authorize, agree on the answer's media type, check the
 * parameters, enter the tenant, take the body, pass the guards, run the operation, write its reply. The body stays paused until it is
 * taken. Whatever comes of it, the exchange keeps one record.
 */
final class OperationHandler implements Handler<RoutingContext> {

    private final ContractOperation promised;
    private final RequestReader reader;
    private final Guard.Next operation;
    private final Entry entrance;
    private final RequestMeter meter;
    private final EdgeConfig config;

    /**
     * What a request passes before its operation.
     *
     * @param recognition finds out who sends it
     * @param crossOrigin knows which page may read the answer
     * @param messages signs and encrypts
     * @param ledger has a record of each call
     */
    record Entry(Recognition recognition, CrossOrigin crossOrigin, MessageSecurity messages, Ledger ledger) {}

    /** Who it turned out to be; nobody is known yet where it is null. */
    private static final class Caller {
        private @Nullable Principal principal;

        Principal is(Principal recognized) {
            principal = recognized;
            return recognized;
        }
    }

    /** @param operation with all guards before it */
    OperationHandler(
            RequestReader reader, Guard.Next operation, Entry entrance, RequestMeter meter, EdgeConfig config) {
        this.promised = reader.promised();
        this.reader = reader;
        this.operation = operation;
        this.entrance = entrance;
        this.meter = meter;
        this.config = config;
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        request.pause();
        context.response()
                .endHandler(_ -> meter.record(
                        context.response().getStatusCode(), Arrival.of(context).elapsedNanos()));
        Deadline deadline = Deadline.in(config.patience());
        Caller caller = new Caller();
        RecordedCall recorded = RecordedCall.begin(context, promised.operationId(), entrance.ledger());
        entrance.recognition()
                .of(context)
                .compose(principal -> answer(context, recorded, caller.is(principal), deadline))
                .onFailure(failure -> entrance.recognition().failed(context, caller.principal, failure))
                .onFailure(context::fail);
    }

    private Future<Void> answer(RoutingContext context, RecordedCall recorded, Principal principal, Deadline deadline) {
        long authenticatedNanos = System.nanoTime();
        recorded.by(principal);
        entrance.crossOrigin().welcome(principal, context.request());
        Optional<Exchange> exchange = Messages.begin(entrance.messages(), principal, context.request());
        boolean isPlain = exchange.isEmpty();
        return enter(admitted(context, recorded, exchange, deadline))
                .map(call -> recordable(call, recorded))
                .compose(
                        call -> (isPlain ? reader.body(context) : reader.body(context, exchange.get())).map(call::with))
                .compose(operation::handle)
                .map(reply -> isPlain ? reply : Messages.close(reply, exchange.get()))
                .compose(reply -> Untaken.watch(
                        ReplyWriter.write(reply, context, recorded, authenticatedNanos),
                        reply,
                        context,
                        config.connections()));
    }

    /** What nobody can put on record does not happen; health is told all the same. */
    private Call recordable(Call call, RecordedCall recorded) {
        recorded.by(call.principal());
        if (!recorded.isAnonymous() && !entrance.ledger().audit().isOpen()) {
            throw new ProblemException(new Problem.AuditUnavailable(
                    "The server cannot put on record what it does at present; try again shortly."));
        }
        return call;
    }

    /** The call, all but its body. */
    private Call admitted(
            RoutingContext context, RecordedCall recorded, Optional<Exchange> exchange, Deadline deadline) {
        Principal principal = recorded.principal();
        authorize(principal);
        HttpServerRequest request = context.request();
        Receiver receiver =
                new Receiver(reader.agree(request, exchange), context.response().headers(), hangUp(context, recorded));
        return new Call(
                principal,
                Arrival.of(context).client(),
                Arrival.of(context).trace(),
                deadline,
                new Target(promised.operationId(), promised.method().name(), request.path(), promised.scopes()),
                reader.params(context),
                new Body.Empty(),
                receiver,
                recorded.usage());
    }

    private static Future<Void> hangUp(RoutingContext context, RecordedCall recorded) {
        Promise<Void> gone = Promise.promise();
        context.response().closeHandler(_ -> {
            gone.tryComplete();
            recorded.hungUp();
        });
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
        return entrance.recognition()
                .enter(call.principal(), new TenantId(named.get()))
                .map(call::as);
    }
}
