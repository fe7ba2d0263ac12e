package dev.sextant.authz;

/** Asks for all policies of the tenant, by id. */
record ListPolicies() {}
