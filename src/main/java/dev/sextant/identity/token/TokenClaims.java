package dev.sextant.identity.token;

import dev.sextant.kernel.TenantId;
import java.util.Set;

/**
 * What an access token says (RFC 9068). Times are seconds since 1970.
 *
 * @param sub the key that it was issued to, also as {@code clientId}
 * @param keyPrefix leads back to that key, so that the token ends with it
 * @param scope separated by spaces; empty for none
 */
record TokenClaims(
        String iss,
        String aud,
        String sub,
        String clientId,
        String keyPrefix,
        String tenant,
        String scope,
        String jti,
        long iat,
        long exp) {

    AccessToken token() {
        Set<String> scopes = scope.isEmpty() ? Set.of() : Set.of(scope.split(" ", -1));
        return new AccessToken(new TenantId(tenant), sub, keyPrefix, scopes, exp * 1000);
    }
}
