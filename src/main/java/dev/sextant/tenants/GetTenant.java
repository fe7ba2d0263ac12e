package dev.sextant.tenants;

/** Asks for one tenant. */
record GetTenant(String id) {}
