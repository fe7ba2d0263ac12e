package dev.sextant.live;

/**
 * The first part of a {@link LivePage}, as JSON.
 *
 * @param document by which the other parts are asked for
 * @param parts how many there are, this one among them
 * @param base64 its bytes
 */
record Fetched(String document, int parts, String base64) {}
