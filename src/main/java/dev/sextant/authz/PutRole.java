package dev.sextant.authz;

/** Makes a role, or puts another in its place. */
record PutRole(String name, RoleText text, Preconditions preconditions) {}
