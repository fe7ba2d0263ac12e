package dev.sextant.tenants;

import org.jspecify.annotations.Nullable;

/**
 * Asks for a new tenant. It has the shape of the request's body.
 *
 * @param name unique among tenants
 * @param plan null for the standard one
 */
public record CreateTenant(String name, Tenant.@Nullable Plan plan) {}
