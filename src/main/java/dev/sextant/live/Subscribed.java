package dev.sextant.live;

/** The seat is taken: after {@code start}, every delta is delivered to its place. */
public record Subscribed(LiveId id, Start start) {}
