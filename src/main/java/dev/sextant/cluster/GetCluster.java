package dev.sextant.cluster;

/** Asks who is there. */
record GetCluster() {}
