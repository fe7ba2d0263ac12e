package dev.sextant.operations;

/** Asks for what came of an operation, by its id or by that of its query. */
record FetchResult(String id) {}
