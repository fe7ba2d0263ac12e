package dev.sextant.authz;

/** Asks for all roles of the tenant, the built-in ones first. */
record ListRoles() {}
