package dev.sextant.rollups.advice;

/**
 * Asks which rollups would pay off.
 *
 * @param days that are looked at, today being the last
 * @param limit how many rollups are advised at most
 */
record AdviseRollups(String dataset, int days, int limit) {}
