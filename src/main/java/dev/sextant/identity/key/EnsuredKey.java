package dev.sextant.identity.key;

/**
 * The first key of a tenant is there.
 *
 * @param isGood false where it was revoked, and so stays: only another text brings it back
 */
public record EnsuredKey(String id, boolean isGood) {}
