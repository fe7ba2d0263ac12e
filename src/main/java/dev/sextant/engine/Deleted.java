package dev.sextant.engine;

/**
 * Events are gone, on disk too.
 *
 * @param dataVersion of the dataset, after the commit that took them; the same as before where there were none
 */
public record Deleted(long rows, long dataVersion) {}
