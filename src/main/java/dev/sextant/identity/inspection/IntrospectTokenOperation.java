package dev.sextant.identity.inspection;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import dev.sextant.identity.grant.FindRefreshToken;
import dev.sextant.identity.grant.FoundRefreshToken;
import dev.sextant.identity.grant.GrantAddresses;
import dev.sextant.identity.token.AccessToken;
import dev.sextant.identity.token.Issuer;
import dev.sextant.identity.token.Tokens;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** {@code POST /oauth/introspect}. Source: RFC 7662. */
final class IntrospectTokenOperation implements Operation {

    private static final Map<String, String> UNCACHED = Map.of("cache-control", "no-store");

    private final Bus bus;
    private final Askers askers;
    private final Tokens tokens;
    private final Function<String, Future<Principal>> prover;
    private final Issuer issuer;

    IntrospectTokenOperation(
            Bus bus, Askers askers, Tokens tokens, Function<String, Future<Principal>> prover, Issuer issuer) {
        this.bus = bus;
        this.askers = askers;
        this.tokens = tokens;
        this.prover = prover;
        this.issuer = issuer;
    }

    @Override
    public String operationId() {
        return "introspectToken";
    }

    @Override
    public Future<Reply> handle(Call call) {
        String token = call.body().tree().path("token").textValue();
        return askers.prove(call)
                .map(IntrospectTokenOperation::withSecret)
                .compose(asker -> inspect(token, asker, call))
                .map(found -> new Reply.Value(200, UNCACHED, found));
    }

    /** Anybody can say that they are a public client: they would learn of tokens that they found. */
    private static Askers.Asker withSecret(Askers.Asker asker) {
        if (asker.kind() == Askers.Kind.PUBLIC_CLIENT) {
            throw new ProblemException(new Problem.OauthRefused(
                    Problem.OauthRefused.ErrorCode.UNAUTHORIZED_CLIENT,
                    "A client without a secret may not ask about tokens."));
        }
        return asker;
    }

    private Future<Introspection> inspect(String token, Askers.Asker asker, Call call) {
        Optional<AccessToken> access = tokens.read(token);
        if (access.isPresent()) {
            return asker.mayKnow(access.get())
                    ? inspect(token, access.get())
                    : Future.succeededFuture(Introspection.INACTIVE);
        }
        if (asker.kind() == Askers.Kind.KEY) {
            return Future.succeededFuture(Introspection.INACTIVE); // Keys get no refresh tokens.
        }
        return bus.askHere(GrantAddresses.FIND, new FindRefreshToken(token), call.origin())
                .map(found ->
                        found.isGood() && found.tenant().equals(asker.tenant().value())
                                ? told(found)
                                : Introspection.INACTIVE);
    }

    private Future<Introspection> inspect(String token, AccessToken access) {
        return prover.apply(token)
                .map(principal -> told(access, principal))
                .recover(failure -> failure instanceof ProblemException known && isRefusal(known.problem())
                        ? Future.succeededFuture(Introspection.INACTIVE)
                        : Future.failedFuture(failure));
    }

    private static boolean isRefusal(Problem problem) {
        return problem instanceof Problem.Unauthenticated
                || problem instanceof Problem.CredentialEnded
                || problem instanceof Problem.TenantSuspended;
    }

    /** It may do less than it says: what its user may not do any more, it may not do either. */
    private Introspection told(AccessToken token, Principal principal) {
        String clientId = switch (token.source()) {
            case AccessToken.OfSignIn source -> source.clientId();
            case AccessToken.OfKey _ -> token.subject();
        };
        return new Introspection(
                true,
                String.join(" ", new TreeSet<>(principal.scopes())),
                clientId,
                "Bearer",
                token.endsAtMillis() / 1000,
                token.subject(),
                issuer.url(),
                token.tenant().value());
    }

    private Introspection told(FoundRefreshToken found) {
        Instant expiresAt = found.expiresAt();
        return new Introspection(
                true,
                String.join(" ", new TreeSet<>(found.scopes())),
                found.clientId(),
                "refresh_token",
                expiresAt == null ? null : expiresAt.getEpochSecond(),
                found.userId(),
                issuer.url(),
                found.tenant());
    }
}
