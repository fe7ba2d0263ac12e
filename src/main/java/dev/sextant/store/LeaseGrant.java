package dev.sextant.store;

/**
 * What a node may spend on.
 *
 * @param granted more than it held; 0 where nothing is left
 * @param left for all nodes, after that
 * @param backMillis until some of what was spent comes back; 0 where nothing was
 * @param nodes that hold some of it, this one included
 */
public record LeaseGrant(long granted, long left, long backMillis, int nodes) {}
