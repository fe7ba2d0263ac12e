package dev.sextant.query.run;

import dev.sextant.engine.DatasetState;
import dev.sextant.query.cache.CacheStatus;
import dev.sextant.query.cache.ResultTable;

/**
 * An answer that was just made.
 *
 * @param table its state is of the range that it covers
 * @param state of the whole dataset in the snapshot that it was made of
 */
record Fresh(ResultTable table, DatasetState state, CacheStatus cache) {}
