package dev.sextant.operations;

/** Asks to end an operation, by its id or by that of its query. One that is over stays as it is, and so does a change of scale. */
record CancelOperation(String id) {}
