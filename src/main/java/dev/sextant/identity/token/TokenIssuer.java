package dev.sextant.identity.token;

import dev.sextant.authz.policy.Authority;
import dev.sextant.identity.grant.GrantedSignIn;
import dev.sextant.kernel.Ids;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.store.Credential;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes the tokens of a key or a sign-in that was proven: none lives longer than it, or has a scope that it lacks. */
final class TokenIssuer {

    private final Tokens tokens;
    private final Issuer issuer;
    private final TokenConfig config;
    private final InstantSource clock;

    TokenIssuer(Tokens tokens, Issuer issuer, TokenConfig config, InstantSource clock) {
        this.tokens = tokens;
        this.issuer = issuer;
        this.config = config;
        this.clock = clock;
    }

    /**
     * The token of a key.
     *
     * @param scope what was asked for, separated by spaces; null for all that the key has
     * @throws ProblemException {@code OauthRefused} where the key has less
     */
    IssuedToken issue(Credential key, String keyPrefix, @Nullable String scope) {
        String granted = granted(key.scopes(), scope);
        long now = clock.instant().getEpochSecond();
        long end = end(key.expiresAt(), now);
        TokenClaims claims = new TokenClaims(
                issuer.url(),
                config.audience(),
                key.keyId(),
                key.keyId(),
                keyPrefix,
                null,
                key.tenant().value(),
                granted,
                Ids.make("tok"),
                now,
                end);
        return new IssuedToken(tokens.sign(claims), "Bearer", end - now, null, granted);
    }

    /**
     * The token of a sign-in: for what the user let the client do, and may do at this moment.
     *
     * @param authority of the user's roles
     * @param scope as for a key; what the user may not do any more is left out
     */
    IssuedToken issue(GrantedSignIn signIn, Authority authority, @Nullable String scope) {
        Set<String> allowed = new TreeSet<>(signIn.scopes());
        allowed.retainAll(authority.scopes());
        if (scope != null) {
            allowed.retainAll(asked(scope));
        }
        String granted = String.join(" ", allowed);
        long now = clock.instant().getEpochSecond();
        long end = end(signIn.expiresAt(), now);
        TokenClaims claims = new TokenClaims(
                issuer.url(),
                config.audience(),
                signIn.userId(),
                signIn.clientId(),
                null,
                signIn.signInId(),
                signIn.tenant(),
                granted,
                Ids.make("tok"),
                now,
                end);
        return new IssuedToken(tokens.sign(claims), "Bearer", end - now, signIn.refreshToken(), granted);
    }

    private static SortedSet<String> asked(String scope) {
        return new TreeSet<>(Arrays.asList(scope.split(" ", -1)));
    }

    private static String granted(Set<String> allowed, @Nullable String scope) {
        if (scope == null) {
            return String.join(" ", new TreeSet<>(allowed));
        }
        SortedSet<String> asked = asked(scope);
        for (String one : asked) {
            if (!allowed.contains(one)) {
                throw new ProblemException(new Problem.OauthRefused(
                        Problem.OauthRefused.ErrorCode.INVALID_SCOPE,
                        "The key lacks the scope '%s' that is asked for.".formatted(one)));
            }
        }
        return String.join(" ", asked);
    }

    private long end(@Nullable Instant sourceEnds, long now) {
        long end = now + config.lifetime().toSeconds();
        return sourceEnds == null ? end : Math.min(end, sourceEnds.getEpochSecond());
    }
}
