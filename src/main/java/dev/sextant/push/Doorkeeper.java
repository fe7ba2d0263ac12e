package dev.sextant.push;

import dev.sextant.bus.Bus;
import dev.sextant.http.Authenticator;
import dev.sextant.http.ClientAddress;
import dev.sextant.identity.key.CheckCaller;
import dev.sextant.identity.key.KeyAddresses;
import dev.sextant.identity.ticket.RedeemTicket;
import dev.sextant.identity.ticket.TicketAddresses;
import dev.sextant.identity.ticket.TicketHolder;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import dev.sextant.kernel.Trace;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;

/** Proves whom a socket belongs to. */
record Doorkeeper(Bus bus, Authenticator authenticator) {

    /** Who says so, from where, and which tenant the client named. */
    record Visit(Credential credential, ClientAddress client, Optional<TenantId> named) {}

    private static final String SCOPE = "analytics:read";
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Uses a ticket up. */
    Future<Credential> redeem(String ticket, ClientAddress client, Trace trace) {
        return bus.askHere(TicketAddresses.REDEEM, new RedeemTicket(ticket, client.text()), nobody(trace))
                .map(holder -> new Credential.Ticket(holder.principal()));
    }

    /**
     * Whom the credential stands for at this moment, at the tenant that the client named; fails as a request would that
     * came with it.
     */
    Future<Principal> prove(Visit visit, Trace trace) {
        Future<Principal> proven = switch (visit.credential()) {
            case Credential.Bearer bearer -> authenticator.authenticate(bearer.authorization(), visit.client());
            case Credential.Ticket ticket -> stillStands(ticket.holder(), visit.client(), trace);
        };
        return proven.compose(principal -> entered(principal, visit)
                .compose(Doorkeeper::authorized)
                .recover(failure -> Future.failedFuture(ProblemException.of(failure, principal))));
    }

    private Future<Principal> entered(Principal principal, Visit visit) {
        return visit.named()
                .map(tenant -> authenticator.enter(principal, tenant))
                .orElseGet(() -> Future.succeededFuture(principal));
    }

    private Future<Principal> stillStands(Principal holder, ClientAddress client, Trace trace) {
        return bus.askHere(KeyAddresses.CHECK, CheckCaller.of(holder, client), nobody(trace))
                .recover(failure -> Future.failedFuture(ProblemException.of(failure, holder)))
                .map(now -> TicketHolder.narrowed(holder, now));
    }

    private static Future<Principal> authorized(Principal principal) {
        return principal.scopes().contains(SCOPE)
                ? Future.succeededFuture(principal)
                : ProblemException.failed(
                        new Problem.InsufficientScope(SCOPE, "This needs the scope '%s'.".formatted(SCOPE)));
    }

    private static Origin nobody(Trace trace) {
        return new Origin(Principal.NOBODY, trace, Deadline.in(PATIENCE));
    }
}
