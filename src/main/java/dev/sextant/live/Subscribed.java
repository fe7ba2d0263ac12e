package dev.sextant.live;

/**
 * The seat is taken: after {@code start}, every delta is delivered to its place.
 *
 * @param dataset that the query is about, also where it named none
 */
public record Subscribed(LiveId id, String dataset, Start start) {}
