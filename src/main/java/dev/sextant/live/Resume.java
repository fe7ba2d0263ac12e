package dev.sextant.live;

/** How far a subscriber was told before it went away. */
public record Resume(String epoch, long offset) {}
