package dev.sextant.identity.token;

import dev.sextant.kernel.TenantId;

/** A key that was shown, and its tenant. */
public record ProvenKey(String id, String tenant) {

    public TenantId tenantId() {
        return new TenantId(tenant);
    }
}
