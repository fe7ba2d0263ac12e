package dev.sextant.query.compile;

/** Stands in a {@link Shape} for a value of the query: which one, and of which class. */
record Slot(int index, Class<?> type) {}
