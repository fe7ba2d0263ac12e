package dev.sextant.audit.log;

import org.jspecify.annotations.Nullable;

/**
 * Asks for the proof that a record is in the log.
 *
 * @param treeSize of the tree it is to be in; null for the present one
 */
record ProveInclusion(long leafIndex, @Nullable Long treeSize) {}
