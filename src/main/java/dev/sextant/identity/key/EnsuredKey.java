package dev.sextant.identity.key;

/** @param isGood false where the key was revoked, and so stays: only another text brings it back */
public record EnsuredKey(String id, boolean isGood) {}
