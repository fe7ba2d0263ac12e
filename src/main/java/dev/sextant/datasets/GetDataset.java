package dev.sextant.datasets;

/** Asks for one dataset. */
record GetDataset(String name) {}
