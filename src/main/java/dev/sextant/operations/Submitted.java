package dev.sextant.operations;

/**
 * An operation that was just taken.
 *
 * @param units that it costs, as quoted
 */
record Submitted(String dataset, OperationReport report, long units) {}
