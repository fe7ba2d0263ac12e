package dev.sextant.store;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import java.util.Set;
import dev.sextant.kernel.TenantId;

/**
 * What is known of an OAuth client before anybody signs in by it.
 *
 * @param isTenantActive false while the tenant is suspended
 * @param redirectUris where answers may go, exactly
 * @param scopes what users may let it do
 * @param hash SHA-256 of its secret, 32 bytes; null for a public client, which has none
 */
public record ClientCredential(
        String clientId,
        TenantId tenant,
        boolean isTenantActive,
        String name,
        List<String> redirectUris,
        Set<String> scopes,
        @Nullable Buffer hash) {

    public ClientCredential {
        redirectUris = List.copyOf(redirectUris);
        scopes = Set.copyOf(scopes);
    }
}
