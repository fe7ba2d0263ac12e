package dev.sextant.live;

/** The seat is free, if it was taken. */
public record Unsubscribed() {}
