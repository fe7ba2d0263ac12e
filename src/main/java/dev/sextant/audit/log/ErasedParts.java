package dev.sextant.audit.log;

/**
 * What was erased.
 *
 * @param erased of how many records the personal parts
 * @param hasMore whether there are further ones: ask again
 */
record ErasedParts(long erased, boolean hasMore) {}
