package dev.sextant.identity.token;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import java.util.Optional;
import java.util.Set;
import dev.sextant.kernel.TenantId;

/**
 * What an access token says (RFC 9068). Times are seconds since 1970.
 *
 * @param sub the key or the user that it stands for
 * @param clientId the OAuth client that the user signed in to, or the key
 * @param keyPrefix leads back to the key, so that the token ends with it; null where it came of a sign-in
 * @param signIn leads back to the sign-in; null where it came of a key
 * @param scope separated by spaces; empty for none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TokenClaims(
        String iss,
        String aud,
        String sub,
        String clientId,
        @Nullable String keyPrefix,
        @Nullable String signIn,
        String tenant,
        String scope,
        String jti,
        long iat,
        long exp) {

    /** Empty where it says not what it came of, so that nobody could end it. */
    Optional<AccessToken> token() {
        Set<String> scopes = scope.isEmpty() ? Set.of() : Set.of(scope.split(" ", -1));
        return source().map(source -> new AccessToken(new TenantId(tenant), sub, source, scopes, exp * 1000));
    }

    private Optional<AccessToken.Source> source() {
        if (keyPrefix != null && signIn == null) {
            return Optional.of(new AccessToken.OfKey(keyPrefix));
        }
        return signIn != null && keyPrefix == null
                ? Optional.of(new AccessToken.OfSignIn(signIn, clientId))
                : Optional.empty();
    }
}
