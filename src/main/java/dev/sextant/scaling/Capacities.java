package dev.sextant.scaling;

/**
 * What one tenant can have on a node.
 *
 * @param queries at once, at most
 * @param queriesUsual at once, of one that was given no part
 * @param ingestEps events a second, at most
 * @param ingestEpsUsual of one that was given no part
 * @param sockets at most
 */
record Capacities(int queries, int queriesUsual, int ingestEps, int ingestEpsUsual, int sockets) {}
