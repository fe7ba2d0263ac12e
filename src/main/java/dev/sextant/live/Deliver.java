package dev.sextant.live;

/** Tells a place the news of a live query. Those of one query come in order. */
public record Deliver(LiveId id, News news) {}
