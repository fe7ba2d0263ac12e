package dev.sextant.operations;

/** Asks for an operation, by its id or by that of its query. */
record GetOperation(String id) {}
