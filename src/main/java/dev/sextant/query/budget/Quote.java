package dev.sextant.query.budget;

/**
 * What a query is expected to take.
 *
 * @param rows that are to be read
 * @param units that it costs
 * @param millis that the engine needs, as past runs let expect; time in its queue comes on top
 */
public record Quote(long rows, long units, long millis) {}
