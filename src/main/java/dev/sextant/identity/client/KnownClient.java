package dev.sextant.identity.client;

import dev.sextant.kernel.TenantId;
import java.util.List;

/**
 * A client, and the tenant that it leads to.
 *
 * @param redirectUris where answers may go, exactly
 * @param scopes what users may let it do
 */
public record KnownClient(
        String id, String tenant, String name, List<String> redirectUris, List<String> scopes, boolean isPublic) {

    static final String ID_KIND = "ocl";

    public KnownClient {
        redirectUris = List.copyOf(redirectUris);
        scopes = List.copyOf(scopes);
    }

    /** Whether this means to be the id of an OAuth client, be there one or not. */
    public static boolean isMeant(String id) {
        return id.startsWith(ID_KIND + "_");
    }

    public TenantId tenantId() {
        return new TenantId(tenant);
    }
}
