package dev.sextant.rollups.advice;

import dev.sextant.query.rollup.Rollup;

/**
 * A rollup that there could be.
 *
 * @param rows that it would have
 * @param isCounted whether they were counted; else it has so many at most
 */
record Sized(Rollup rollup, long rows, boolean isCounted) {}
