package dev.sextant.identity.token;

import dev.sextant.kernel.TenantId;
import java.util.Set;

/**
 * An access token that its signature proves to be ours. Whether its key still stands is not known from it.
 *
 * @param keyPrefix leads to the key that it was issued to, {@code keyId}
 * @param endsAtMillis since 1970; from then on it is expired
 */
public record AccessToken(TenantId tenant, String keyId, String keyPrefix, Set<String> scopes, long endsAtMillis) {

    public AccessToken {
        scopes = Set.copyOf(scopes);
    }
}
