package dev.sextant.audit.log;

import org.jspecify.annotations.Nullable;

/**
 * Asks for the proof that the log only grew.
 *
 * @param from the size of the earlier tree, 1 at least
 * @param to that of the later one; null for the present one
 */
record ProveConsistency(long from, @Nullable Long to) {}
