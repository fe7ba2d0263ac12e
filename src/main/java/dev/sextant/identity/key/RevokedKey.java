package dev.sextant.identity.key;

/** The key is revoked, and every node refuses it within a second. */
record RevokedKey(String id) {}
