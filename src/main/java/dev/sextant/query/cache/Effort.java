package dev.sextant.query.cache;

/**
 * What it took to make an answer.
 *
 * @param rows that were to be read
 * @param charged in units
 * @param quoted what it would have cost with nothing in the cache
 * @param queuedNanos that it waited for the engine
 */
public record Effort(long rows, long charged, long quoted, long queuedNanos) {}
