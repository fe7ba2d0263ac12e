package dev.sextant.operations;

import org.jspecify.annotations.Nullable;

/**
 * Asks for operations, the latest first.
 *
 * @param before the last id of the page before; null for the first page
 */
record ListOperations(int limit, @Nullable String before) {}
