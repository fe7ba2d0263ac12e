package dev.sextant.scaling;

/** Asks to bring back what there was before an operation. */
record RollBackScale(String operationId) {}
