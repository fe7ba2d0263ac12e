package dev.sextant.cluster;

/**
 * Asks to take a node out of work, or to have it back.
 *
 * @param isDraining true to take it out
 */
record DrainNode(String name, boolean isDraining) {}
