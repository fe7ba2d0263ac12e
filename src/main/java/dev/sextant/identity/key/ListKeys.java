package dev.sextant.identity.key;

import org.jspecify.annotations.Nullable;

/**
 * Asks for a page of the tenant's keys, the oldest first, also those that have ended.
 *
 * @param after the id of the last key of the page before; null for the first page
 */
record ListKeys(int limit, @Nullable String after) {}
