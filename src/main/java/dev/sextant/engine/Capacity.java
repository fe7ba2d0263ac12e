package dev.sextant.engine;

/**
 * What an engine has for one tenant at most.
 *
 * @param queriesAtOnce that can run for it
 * @param usualQueriesAtOnce that run for one that nobody gave another share
 */
public record Capacity(int queriesAtOnce, int usualQueriesAtOnce) {}
