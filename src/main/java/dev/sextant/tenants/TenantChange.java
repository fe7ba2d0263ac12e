package dev.sextant.tenants;

import org.jspecify.annotations.Nullable;

/** The body of a change: what is absent stays. */
record TenantChange(@Nullable String name, Tenant.@Nullable Plan plan, Tenant.@Nullable Status status) {}
