package dev.sextant.identity.key;

import dev.sextant.http.ClientAddress;
import dev.sextant.kernel.TenantId;

/**
 * Asks whether a principal that was proven a while ago may still go on from where it is: whether its key and the tenant that
 * it works for still stand. For whoever holds a principal longer than a request.
 *
 * @param client the address
 */
public record CheckCaller(String tenant, String actor, String client) {

    public static CheckCaller of(dev.sextant.kernel.Principal principal, ClientAddress client) {
        return new CheckCaller(principal.tenant().value(), principal.actor(), client.text());
    }

    TenantId tenantId() {
        return new TenantId(tenant);
    }

    ClientAddress address() {
        return ClientAddress.parse(client).orElse(ClientAddress.UNKNOWN);
    }
}
