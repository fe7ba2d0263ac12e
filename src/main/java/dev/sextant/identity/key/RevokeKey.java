package dev.sextant.identity.key;

/** Ends a key of the tenant, for good. To revoke one again changes nothing. */
record RevokeKey(String id) {}
