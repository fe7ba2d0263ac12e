package dev.sextant.live;

/** A part of a document. */
record FetchedPart(byte[] bytes) {}
