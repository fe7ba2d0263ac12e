package dev.sextant.engine;

/**
 * A batch is on disk: it survives kill -9 and power loss.
 *
 * @param accepted events that are new
 * @param duplicates events whose id was there already, or came twice in the batch; dropped
 * @param dataVersion of the dataset, after the commit that took the batch
 */
public record Appended(long accepted, long duplicates, long dataVersion) {}
