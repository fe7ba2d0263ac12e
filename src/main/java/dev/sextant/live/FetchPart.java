package dev.sextant.live;

/** Asks for a further part of a document, from 1 on. */
record FetchPart(String document, int part) {}
