package dev.sextant.tenants;

import org.jspecify.annotations.Nullable;

/**
 * Asks for a change of a tenant; what is null stays. To make it active again takes back its deletion.
 *
 * @param ifMatch the request's {@code If-Match}; null to change it whatever its version
 */
record UpdateTenant(
        String id,
        @Nullable String name,
        Tenant.@Nullable Plan plan,
        Tenant.@Nullable Status status,
        @Nullable String ifMatch) {}
