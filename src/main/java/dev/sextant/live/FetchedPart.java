package dev.sextant.live;

/**
 * A part of a document.
 *
 * @param base64 its bytes
 */
record FetchedPart(String base64) {}
