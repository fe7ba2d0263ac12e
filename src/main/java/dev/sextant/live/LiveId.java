package dev.sextant.live;

/** A live query of this node, as long as somebody looks at it. */
public record LiveId(long number) {}
