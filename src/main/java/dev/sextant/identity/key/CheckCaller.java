package dev.sextant.identity.key;

import dev.sextant.kernel.TenantId;

/**
 * Asks whether a principal that was proven a while ago may still go on: whether its credential and the tenant that it works for
 * still stand. For whoever holds a principal longer than a request.
 */
public record CheckCaller(String tenant, String credential) {

    /** Of a user's sign-in; else it is a key. */
    boolean isSignIn() {
        return credential.startsWith("sgn_");
    }


    TenantId tenantId() {
        return new TenantId(tenant);
    }
}
