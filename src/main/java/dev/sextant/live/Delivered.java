package dev.sextant.live;

/**
 * The news came.
 *
 * @param wanted false where nobody at the place looks at that live query: its seats are given up
 */
public record Delivered(boolean wanted) {}
