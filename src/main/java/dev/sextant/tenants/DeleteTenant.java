package dev.sextant.tenants;

/** Suspends a tenant and deletes all that it has: later, or now. */
record DeleteTenant(String id, boolean now) {}
