package dev.sextant.identity.token;

/** A token that a key got, and the tenant whose key it is. */
record TokenOfKey(String tenant, IssuedToken token) {}
