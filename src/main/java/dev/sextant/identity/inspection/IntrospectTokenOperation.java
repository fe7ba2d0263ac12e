package dev.sextant.identity.inspection;

import java.util.function.Function;

import dev.sextant.identity.token.AccessToken;
import dev.sextant.http.Authenticator;
import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.identity.grant.FindRefreshToken;
import dev.sextant.identity.grant.FoundRefreshToken;
import io.vertx.core.Future;
import dev.sextant.identity.grant.GrantAddresses;
import java.time.Instant;
import dev.sextant.identity.token.Issuer;
import java.util.Map;
import dev.sextant.http.Operation;
import java.util.Optional;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.http.Reply;
import dev.sextant.identity.token.Tokens;
import java.util.TreeSet;

/** {@code POST /oauth/introspect}. Source: RFC 7662. */
final class IntrospectTokenOperation implements Operation {

    private static final Map<String, String> UNCACHED = Map.of("cache-control", "no-store");

    private final Bus bus;
    private final Askers askers;
    private final Tokens tokens;
    private final Function<String, Future<Principal>> prover;
    private final Issuer issuer;

    IntrospectTokenOperation(Bus bus, Askers askers, Tokens tokens, Function<String, Future<Principal>> prover, Issuer issuer) {
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
        if (asker.isPublic()) {
            throw new ProblemException(new Problem.OauthRefused(
                    Problem.OauthRefused.Error.UNAUTHORIZED_CLIENT,
                    "A client without a secret may not ask about tokens."));
        }
        return asker;
    }

    private Future<Introspection> inspect(String token, Askers.Asker asker, Call call) {
        Optional<AccessToken> access = tokens.read(token);
        if (access.isPresent()) {
            return access.get().tenant().equals(asker.tenant())
                    ? inspect(token, access.get())
                    : Future.succeededFuture(Introspection.INACTIVE);
        }
        return bus.askHere(GrantAddresses.FIND, new FindRefreshToken(token), call.origin())
                .map(found -> found.isGood()
                                && found.tenant().equals(asker.tenant().value())
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
        String clientId =
                switch (token.source()) {
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
