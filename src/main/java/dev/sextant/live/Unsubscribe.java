package dev.sextant.live;

/** Gives up a seat. */
public record Unsubscribe(LiveId id, Seat seat) {}
