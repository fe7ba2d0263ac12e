package dev.sextant.rollups;

/** It is kept no more. */
record DroppedRollup(String name) {}
