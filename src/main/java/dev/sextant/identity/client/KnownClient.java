package dev.sextant.identity.client;

import java.util.List;
import dev.sextant.kernel.TenantId;

/**
 * A client, and the tenant that it leads to.
 *
 * @param redirectUris where answers may go, exactly
 * @param scopes what users may let it do
 */
public record KnownClient(
        String id, String tenant, String name, List<String> redirectUris, List<String> scopes, boolean isPublic) {

    public KnownClient {
        redirectUris = List.copyOf(redirectUris);
        scopes = List.copyOf(scopes);
    }

    public TenantId tenantId() {
        return new TenantId(tenant);
    }
}
