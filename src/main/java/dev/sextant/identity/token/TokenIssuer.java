package dev.sextant.identity.token;

import dev.sextant.kernel.Ids;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.store.Credential;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes the token of a key that was proven: for as long as the key lives at most, and with no scope that it lacks. */
final class TokenIssuer {

    private final Tokens tokens;
    private final TokenConfig config;
    private final InstantSource clock;

    TokenIssuer(Tokens tokens, TokenConfig config, InstantSource clock) {
        this.tokens = tokens;
        this.config = config;
        this.clock = clock;
    }

    /**
     * @param scope what was asked for, separated by spaces; null for all that the key has
     * @throws ProblemException {@code InsufficientScope} where the key has less
     */
    IssuedToken issue(Credential key, String keyPrefix, @Nullable String scope) {
        String granted = String.join(" ", scope == null ? new TreeSet<>(key.scopes()) : granted(key, scope));
        long now = clock.instant().getEpochSecond();
        long end = end(key, now);
        TokenClaims claims = new TokenClaims(
                config.issuer(),
                config.audience(),
                key.keyId(),
                key.keyId(),
                keyPrefix,
                key.tenant().value(),
                granted,
                Ids.make("tok"),
                now,
                end);
        return new IssuedToken(tokens.sign(claims), "Bearer", end - now, granted);
    }

    private static SortedSet<String> granted(Credential key, String scope) {
        SortedSet<String> asked = new TreeSet<>(Arrays.asList(scope.split(" ", -1)));
        for (String one : asked) {
            if (!key.scopes().contains(one)) {
                throw new ProblemException(
                        new Problem.InsufficientScope(one, "The key lacks a scope that is asked for."));
            }
        }
        return asked;
    }

    private long end(Credential key, long now) {
        long end = now + config.lifetime().toSeconds();
        Instant expiresAt = key.expiresAt();
        return expiresAt == null ? end : Math.min(end, expiresAt.getEpochSecond());
    }
}
