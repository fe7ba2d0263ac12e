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
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/** Finds out who sends a request for an operation; or refuses, before anything is looked up, who has failed too often. */
final class Recognition {

    private static final Problem TWO_CREDENTIALS =
            new Problem.Malformed("Send one Authorization header: of two, others than we may read the other one.");

    /** A credential that an operation takes in its body. */
    private static final String UNSEEN = "";

    private static final String BASIC = "Basic ";

    private final Access access;
    private final boolean takesClients;
    private final Authenticator authenticator;
    private final Bans bans;
    private final ClientAddresses addresses;

    /** @param authenticator refuses whoever is banned, and counts what it refuses, by itself */
    Recognition(ContractOperation promised, Authenticator authenticator, Bans bans, ClientAddresses addresses) {
        this.access = promised.access();
        this.takesClients = promised.parameters().stream()
                .anyMatch(parameter ->
                        parameter.in().equals("header") && parameter.name().equals("authorization"));
        this.authenticator = authenticator;
        this.bans = bans;
        this.addresses = addresses;
    }

    Future<Principal> of(RoutingContext context) {
        HttpServerRequest request = context.request();
        String authorization = Objects.requireNonNullElse(request.getHeader("authorization"), "");
        if (request.headers().getAll("authorization").size() > 1) {
            return ProblemException.failed(TWO_CREDENTIALS);
        }
        ClientAddress client = Arrival.of(context).client();
        if (access == Access.CREDENTIAL || (access == Access.OPTIONAL && !authorization.isEmpty())) {
            return authenticator.authenticate(authorization, client);
        }
        Problem refusal = readsOnly(request) ? null : bans.refusal(block(client), credential(authorization));
        return refusal == null ? Future.succeededFuture(Principal.NOBODY) : ProblemException.failed(refusal);
    }

    /** To be told of a request that was done: a client that named itself by HTTP Basic did prove itself. */
    void succeeded(RoutingContext context) {
        String authorization = context.request().getHeader("authorization");
        if (takesClients && authorization != null) {
            bans.worked(block(Arrival.of(context).client()), credential(authorization));
        }
    }

    /** A key that a client shows by HTTP Basic is the same credential as where it is shown as it is. */
    private String credential(String authorization) {
        if (!takesClients || !authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return authorization;
        }
        try {
            String idAndSecret = new String(
                    Base64.getDecoder()
                            .decode(authorization.substring(BASIC.length()).strip()),
                    StandardCharsets.ISO_8859_1);
            return "Bearer " + idAndSecret.substring(idAndSecret.indexOf(':') + 1);
        } catch (IllegalArgumentException _) {
            return authorization;
        }
    }

    /** What may be read without a credential is there for all: it gives away nothing, and health is asked for often. */
    static boolean readsOnly(HttpServerRequest request) {
        return request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    }

    /** Lets a caller work for another tenant than its own. */
    Future<Principal> enter(Principal principal, TenantId tenant) {
        return authenticator.enter(principal, tenant);
    }

    /** To be told of whatever a request failed with whose caller is known, be it as nobody. */
    void failed(RoutingContext context, Principal caller, Throwable failure) {
        if (!(failure instanceof ProblemException known)) {
            return;
        }
        ClientAddress client = Arrival.of(context).client();
        switch (known.problem()) {
            case Problem.Unauthenticated _, Problem.CredentialEnded _ -> guessed(client);
            case Problem.OauthRefused refused
            when refused.error() == Problem.OauthRefused.ErrorCode.INVALID_CLIENT -> guessed(client);
            case Problem.NotFound _, Problem.TenantMismatch _ -> {
                if (!caller.equals(Principal.NOBODY)) {
                    bans.missed(caller.actor(), context.request().uri());
                }
            }
            default -> {}
        }
    }

    private void guessed(ClientAddress client) {
        if (!addresses.isTrusted(client)) {
            bans.failed(block(client), UNSEEN);
        }
    }

    private static AddressBlock block(ClientAddress client) {
        return AddressBlock.of(client.high(), client.low());
    }
}
