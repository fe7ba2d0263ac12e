package dev.sextant.query.cache;

/**
 * What it took to make an answer.
 *
 * @param rows that were to be read
 * @param units that it cost
 * @param unitsQuoted that it would have cost where nothing of it was there
 * @param queuedNanos that it waited for the engine
 */
public record Effort(long rows, long units, long unitsQuoted, long queuedNanos) {}
