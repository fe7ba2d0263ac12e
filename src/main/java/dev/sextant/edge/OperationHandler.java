package dev.sextant.edge;

import dev.sextant.edge.ContractOperation.Access;
import dev.sextant.http.Body;
import dev.sextant.http.Call;
import dev.sextant.http.Guard;
import dev.sextant.http.MessageSecurity;
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
     * @param records keeps the record
     */
    record Entry(Recognition recognition, CrossOrigin crossOrigin, MessageSecurity messages, Records records) {}

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
        RecordedCall exchange = RecordedCall.begin(context, promised, entrance.records());
        entrance.recognition()
                .of(context)
                .compose(principal -> answer(context, exchange, principal, deadline)
                        .onSuccess(_ -> entrance.recognition()
                                .succeeded(context, exchange.usage().given()))
                        .onFailure(failure -> entrance.recognition().failed(context, exchange.principal(), failure)))
                .onFailure(exchange::refused)
                .onFailure(context::fail);
    }

    private Future<Void> answer(RoutingContext context, RecordedCall exchange, Principal principal, Deadline deadline) {
        long authenticatedNanos = System.nanoTime();
        exchange.by(principal);
        entrance.crossOrigin().welcome(principal, context.request());
        Optional<MessageSecurity.Exchange> secured = Messages.begin(entrance.messages(), principal, context.request());
        authorize(principal);
        Promise<Void> gone = hangUp(context, exchange);
        return enter(admitted(context, exchange, receiver(context, secured, gone.future()), deadline))
                .compose(call -> body(call, context, exchange, secured))
                .compose(operation::handle)
                .onSuccess(exchange::made)
                .map(reply -> secured.isEmpty() ? reply : Messages.close(reply, secured.get(), reader.answersWhole()))
                .compose(reply -> Untaken.watch(
                        ReplyWriter.write(reply, context, exchange, authenticatedNanos),
                        reply,
                        context,
                        config.connections()))
                .onFailure(_ -> gone.tryComplete()); // nobody takes what the operation may have begun
    }

    private Future<Call> body(
            Call call, RoutingContext context, RecordedCall exchange, Optional<MessageSecurity.Exchange> secured) {
        exchange.by(call.principal());
        requireRecord(exchange, context.request());
        Future<Body> taken = secured.filter(MessageSecurity.Exchange::opens)
                .map(opening -> reader.body(context, opening))
                .orElseGet(() -> reader.body(context));
        return taken.map(body -> {
            entrance.recognition().named(context, body);
            return call.with(body);
        });
    }

    /** What nobody can put on record does not happen; health is told all the same. Whoever sends a body may be somebody. */
    private void requireRecord(RecordedCall exchange, HttpServerRequest request) {
        if (!(exchange.isAnonymous() && Recognition.readsOnly(request))
                && !entrance.records().audit().isOpen()) {
            throw new ProblemException(new Problem.AuditUnavailable(
                    "The server cannot put on record what it does at present; try again shortly."));
        }
    }

    /** The call, all but its body. */
    private Call admitted(RoutingContext context, RecordedCall exchange, Receiver receiver, Deadline deadline) {
        Principal principal = exchange.principal();
        HttpServerRequest request = context.request();
        return new Call(
                principal,
                Arrival.of(context).client(),
                Arrival.of(context).trace(),
                deadline,
                new Target(promised.operationId(), promised.method().name(), request.path(), promised.scopes()),
                reader.params(context),
                new Body.Empty(),
                receiver,
                exchange.usage());
    }

    private Receiver receiver(RoutingContext context, Optional<MessageSecurity.Exchange> secured, Future<Void> hungUp) {
        return new Receiver(
                reader.agree(context.request(), secured),
                context.response().headers(),
                hungUp,
                () -> Messages.certificate(context.request()));
    }

    private static Promise<Void> hangUp(RoutingContext context, RecordedCall exchange) {
        Promise<Void> gone = Promise.promise();
        context.response().closeHandler(_ -> {
            gone.tryComplete();
            exchange.hungUp();
        });
        return gone;
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
