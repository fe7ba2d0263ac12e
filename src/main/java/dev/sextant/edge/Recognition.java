package dev.sextant.edge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.edge.ContractOperation.Access;
import dev.sextant.edge.defence.AddressBlock;
import dev.sextant.edge.defence.Bans;
import dev.sextant.http.Authenticator;
import dev.sextant.http.Authorization;
import dev.sextant.http.Body;
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
import java.util.List;
import java.util.Objects;

/** Finds out who sends a request for an operation; or refuses, before anything is looked up, who has failed too often. */
final class Recognition {

    private static final Problem TWO_CREDENTIALS =
            new Problem.Malformed("Send one Authorization header: of two, others than we may read the other one.");

    /** A credential that an operation takes in its body. */
    private static final String UNSEEN = "";

    private static final String BASIC = "Basic ";
    private static final String BEARER = "Bearer ";

    private static final String SHOWN_IN_FORM = Recognition.class.getName();

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
        String authorization = Authorization.of(Objects.requireNonNullElse(request.getHeader("authorization"), ""));
        if (request.headers().getAll("authorization").size() > 1) {
            return ProblemException.failed(TWO_CREDENTIALS);
        }
        ClientAddress client = Arrival.of(context).client();
        if (access == Access.CREDENTIAL || (access == Access.OPTIONAL && !authorization.isEmpty())) {
            return authenticator.authenticate(authorization, client);
        }
        boolean isOpen = readsOnly(request) || isNamedByForm(authorization);
        Problem refusal = isOpen ? null : bans.refusal(block(client), credential(authorization));
        return refusal == null ? Future.succeededFuture(Principal.NOBODY) : ProblemException.failed(refusal);
    }

    /** A client that does not name itself by the header may do so by the form: it is heard until that is read. */
    private boolean isNamedByForm(String authorization) {
        return takesClients && authorization.isEmpty();
    }

    /**
     * To be told of the body before anything is done with it.
     *
     * @throws ProblemException where the address is banned, and what the form shows has not worked from there
     */
    void named(RoutingContext context, Body body) {
        if (!isNamedByForm(Objects.requireNonNullElse(context.request().getHeader("authorization"), ""))) {
            return;
        }
        String secret = body instanceof Body.Json form ? secret(form.tree()) : UNSEEN;
        String credential = secret.isEmpty() ? UNSEEN : BEARER + secret;
        Problem refusal = bans.refusal(block(Arrival.of(context).client()), credential);
        if (refusal != null) {
            throw new ProblemException(refusal);
        }
        context.put(SHOWN_IN_FORM, credential);
    }

    /** A client that has no secret shows the refresh token that it got. */
    private static String secret(JsonNode form) {
        String own = form.path("client_secret").asText("");
        return own.isEmpty() ? form.path("refresh_token").asText("") : own;
    }

    /**
     * To be told of a request that was done: a client that named itself, by HTTP Basic or in the form, did prove itself, and what
     * it got for that is as good.
     *
     * @param given the credentials that the answer gives
     */
    void succeeded(RoutingContext context, List<String> given) {
        if (!takesClients) {
            return;
        }
        String authorization = context.request().getHeader("authorization");
        String credential = authorization == null
                ? Objects.requireNonNullElse(context.<String>get(SHOWN_IN_FORM), UNSEEN)
                : credential(authorization);
        AddressBlock block = block(Arrival.of(context).client());
        if (!credential.isEmpty()) {
            bans.worked(block, credential);
        }
        given.forEach(token -> bans.worked(block, BEARER + token));
    }

    /** A key that a client shows by HTTP Basic, or in a form, is the same credential as where it is shown as it is. */
    private String credential(String authorization) {
        if (!takesClients || !authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return authorization;
        }
        try {
            String idAndSecret = new String(
                    Base64.getDecoder()
                            .decode(authorization.substring(BASIC.length()).strip()),
                    StandardCharsets.ISO_8859_1);
            return BEARER + idAndSecret.substring(idAndSecret.indexOf(':') + 1);
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
            case Problem.Unauthenticated _, Problem.CredentialEnded _, Problem.AddressNotAllowed _ -> guessed(client);
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
