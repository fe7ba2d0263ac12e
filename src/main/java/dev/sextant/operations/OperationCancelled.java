package dev.sextant.operations;

/** An operation was ended by its owner: whoever runs it stops. */
record OperationCancelled(String id) {}
