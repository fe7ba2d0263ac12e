package dev.sextant.identity.key;

/**
 * Gives a key of the tenant another text.
 *
 * @param overlapMillis how long the text before stays good; those before that one end at once
 */
record RotateKey(String id, long overlapMillis) {}
