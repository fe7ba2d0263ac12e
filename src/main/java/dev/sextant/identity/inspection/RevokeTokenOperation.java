package dev.sextant.identity.inspection;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import dev.sextant.identity.grant.EndSignIn;
import dev.sextant.identity.grant.FindRefreshToken;
import dev.sextant.identity.grant.GrantAddresses;
import dev.sextant.identity.token.AccessToken;
import dev.sextant.identity.token.Tokens;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Optional;

/** {@code POST /oauth/revoke}. Source: RFC 7009. */
final class RevokeTokenOperation implements Operation {

    private final Bus bus;
    private final Askers askers;
    private final Tokens tokens;

    RevokeTokenOperation(Bus bus, Askers askers, Tokens tokens) {
        this.bus = bus;
        this.askers = askers;
        this.tokens = tokens;
    }

    @Override
    public String operationId() {
        return "revokeToken";
    }

    /** Whatever the token was, once it is over the answer is the same. */
    @Override
    public Future<Reply> handle(Call call) {
        String token = call.body().tree().path("token").textValue();
        return askers.prove(call)
                .compose(asker -> signInOf(token, call)
                        .compose(found -> found.filter(signIn -> isTheirs(signIn, asker))
                                .map(signIn -> end(signIn, asker, call))
                                .orElseGet(Future::succeededFuture)))
                .map(_ -> new Reply.Encoded(200, Map.of("cache-control", "no-store"), Buffer.buffer()));
    }

    private record SignIn(String tenant, String id, String userId, String clientId) {}

    private static boolean isTheirs(SignIn signIn, Askers.Asker asker) {
        return signIn.clientId().equals(asker.id())
                && signIn.tenant().equals(asker.tenant().value());
    }

    /** Of a client that proves nothing, the token proves whose it is. */
    private Future<?> end(SignIn signIn, Askers.Asker asker, Call call) {
        if (asker.kind() == Askers.Kind.PUBLIC_CLIENT) {
            call.usage().by(asker.tenant(), signIn.userId());
        }
        call.usage().resource("oauth/clients/" + signIn.clientId());
        return bus.askHere(GrantAddresses.END, new EndSignIn(signIn.tenant(), signIn.id()), call.origin());
    }

    private Future<Optional<SignIn>> signInOf(String token, Call call) {
        Optional<AccessToken> access = tokens.read(token);
        if (access.isPresent()) {
            return Future.succeededFuture(access.map(RevokeTokenOperation::signIn));
        }
        return bus.askHere(GrantAddresses.FIND, new FindRefreshToken(token), call.origin())
                .map(found -> found.signInId().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new SignIn(found.tenant(), found.signInId(), found.userId(), found.clientId())));
    }

    private static SignIn signIn(AccessToken token) {
        return switch (token.source()) {
            case AccessToken.OfSignIn source ->
                new SignIn(token.tenant().value(), source.signInId(), token.subject(), source.clientId());
            case AccessToken.OfKey _ ->
                throw new ProblemException(new Problem.OauthRefused(
                        Problem.OauthRefused.ErrorCode.UNSUPPORTED_TOKEN_TYPE,
                        "A token that came of an API key ends by itself, or with its key: revoke the key."));
        };
    }
}
