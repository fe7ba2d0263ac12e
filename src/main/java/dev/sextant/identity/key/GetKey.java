package dev.sextant.identity.key;

/** Asks for one key of the tenant. */
record GetKey(String id) {}
