package dev.sextant.authz;

/** Ends a role: whoever has it has nothing by it any more. */
record DeleteRole(String name, Preconditions preconditions) {}
