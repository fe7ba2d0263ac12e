package dev.sextant.rollups;

/** Asks to keep a rollup no more. */
record DropRollup(String dataset, String name) {}
