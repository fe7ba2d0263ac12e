package dev.sextant.rollups;

/** Asks for all rollups of a dataset. */
record ListRollups(String dataset) {}
