package dev.sextant.operations;

/** Asks to end an operation, by its id or by that of its query. One that is over stays as it is, and so do a change of scale and a backup. */
record CancelOperation(String id) {}
