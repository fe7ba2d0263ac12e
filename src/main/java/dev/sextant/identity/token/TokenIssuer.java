package dev.sextant.identity.token;

import dev.sextant.authz.policy.Authority;

import java.util.Arrays;
import dev.sextant.store.Credential;
import dev.sextant.identity.grant.GrantedSignIn;
import dev.sextant.kernel.Ids;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

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
     * @throws ProblemException {@code InsufficientScope} where the key has less
     */
    IssuedToken issue(Credential key, String keyPrefix, @Nullable String scope) {
        String granted = granted(key.scopes(), scope, "The key lacks a scope that is asked for.");
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
     * @param scope as for a key
     * @throws ProblemException {@code InsufficientScope} where the user let the client do less
     */
    IssuedToken issue(GrantedSignIn signIn, Authority authority, @Nullable String scope) {
        Set<String> allowed = new TreeSet<>(signIn.scopes());
        allowed.retainAll(authority.scopes());
        String granted = granted(allowed, scope, "The user did not allow a scope that is asked for.");
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

    private static String granted(Set<String> allowed, @Nullable String scope, String refusal) {
        if (scope == null) {
            return String.join(" ", new TreeSet<>(allowed));
        }
        SortedSet<String> asked = new TreeSet<>(Arrays.asList(scope.split(" ", -1)));
        for (String one : asked) {
            if (!allowed.contains(one)) {
                throw new ProblemException(new Problem.InsufficientScope(one, refusal));
            }
        }
        return String.join(" ", asked);
    }

    private long end(@Nullable Instant sourceEnds, long now) {
        long end = now + config.lifetime().toSeconds();
        return sourceEnds == null ? end : Math.min(end, sourceEnds.getEpochSecond());
    }
}
