package dev.sextant.datasets;

import org.jspecify.annotations.Nullable;

/**
 * Asks for datasets in the order of their names.
 *
 * @param after the last name of the page before; null for the first page
 */
record ListDatasets(int limit, @Nullable String after) {}
