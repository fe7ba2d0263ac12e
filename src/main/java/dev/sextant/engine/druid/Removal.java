package dev.sextant.engine.druid;

/**
 * That a deletion is further than it was.
 *
 * @param ordered the version that the deletion has
 */
record Removal(long ordered, Deletion deletion) {}
