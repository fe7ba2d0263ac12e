package dev.sextant.rollups;

/** Asks for one rollup. */
record GetRollup(String dataset, String name) {}
