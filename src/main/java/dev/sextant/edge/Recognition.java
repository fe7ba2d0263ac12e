package dev.sextant.edge;

import dev.sextant.edge.ContractOperation.Access;
import dev.sextant.edge.defence.AddressBlock;
import dev.sextant.edge.defence.Bans;
import dev.sextant.http.Authenticator;
import dev.sextant.http.ClientAddress;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds out who sends a request for an operation; or refuses, before anything is looked up, who has failed too often. */
final class Recognition {

    private final Access access;
    private final Authenticator authenticator;
    private final Bans bans;
    private final ClientAddresses addresses;

    Recognition(Access access, Authenticator authenticator, Bans bans, ClientAddresses addresses) {
        this.access = access;
        this.authenticator = authenticator;
        this.bans = bans;
        this.addresses = addresses;
    }

    Future<Principal> of(RoutingContext context) {
        HttpServerRequest request = context.request();
        String authorization = authorization(request);
        ClientAddress client = Arrival.of(context).client();
        AddressBlock address = AddressBlock.of(client.high(), client.low());
        Problem refusal = isForAll(request) ? null : bans.refusal(address, authorization);
        if (refusal != null) {
            return ProblemException.failed(refusal);
        }
        boolean isAnonymous = access == Access.PUBLIC || (access == Access.OPTIONAL && authorization.isEmpty());
        return isAnonymous
                ? Future.succeededFuture(Principal.NOBODY)
                : authenticator
                        .authenticate(authorization, client)
                        .map(principal -> welcome(principal, address, authorization));
    }

    /** Lets a caller work for another tenant than its own. */
    Future<Principal> enter(Principal principal, TenantId tenant) {
        return authenticator.enter(principal, tenant);
    }

    /** What may be read without a credential is there for all: it gives away nothing, and health is asked for often. */
    private boolean isForAll(HttpServerRequest request) {
        return access == Access.PUBLIC
                && (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD));
    }

    private Principal welcome(Principal principal, AddressBlock address, String authorization) {
        bans.worked(address, authorization);
        Problem refusal = bans.refusal(principal.actor());
        if (refusal != null) {
            throw new ProblemException(refusal);
        }
        return principal;
    }

    /** To be told of whatever a request failed with. */
    void failed(RoutingContext context, @Nullable Principal caller, Throwable failure) {
        ClientAddress client = Arrival.of(context).client();
        Problem problem = failure instanceof ProblemException known ? known.problem() : null;
        switch (problem) {
            case Problem.Unauthenticated _, Problem.CredentialEnded _ ->
                failed(client, authorization(context.request()));
            case Problem.NotFound _, Problem.TenantMismatch _ -> {
                if (caller != null && !caller.equals(Principal.NOBODY)) {
                    bans.missed(caller.actor(), context.request().uri());
                }
            }
            case null, default -> {}
        }
    }

    /** A proxy that does not say for whom it asks is not punished for them all. */
    private void failed(ClientAddress client, String authorization) {
        if (!addresses.isTrusted(client)) {
            bans.failed(AddressBlock.of(client.high(), client.low()), authorization);
        }
    }

    private static String authorization(HttpServerRequest request) {
        return Objects.requireNonNullElse(request.getHeader("authorization"), "");
    }
}
