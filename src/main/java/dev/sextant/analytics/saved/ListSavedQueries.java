package dev.sextant.analytics.saved;

import org.jspecify.annotations.Nullable;

/**
 * Asks for saved queries in the order in which they were made.
 *
 * @param after the last id of the page before; null for the first page
 */
record ListSavedQueries(int limit, @Nullable String after) {}
