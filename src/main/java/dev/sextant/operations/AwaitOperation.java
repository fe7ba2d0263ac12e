package dev.sextant.operations;

/** Asks for an operation when it is over, or when this time has passed. */
record AwaitOperation(String id, long millis) {}
