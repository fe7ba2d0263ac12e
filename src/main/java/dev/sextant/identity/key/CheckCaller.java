package dev.sextant.identity.key;

import dev.sextant.kernel.TenantId;

/**
 * Asks whether a principal that was proven a while ago may still go on: whether its key and the tenant that it works for
 * still stand. For whoever holds a principal longer than a request.
 */
public record CheckCaller(String tenant, String actor) {

    TenantId tenantId() {
        return new TenantId(tenant);
    }
}
