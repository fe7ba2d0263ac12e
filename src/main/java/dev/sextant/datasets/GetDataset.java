package dev.sextant.datasets;

/** Asks for one dataset. */
public record GetDataset(String name) {}
