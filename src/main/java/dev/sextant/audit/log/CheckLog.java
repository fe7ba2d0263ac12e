package dev.sextant.audit.log;

import org.jspecify.annotations.Nullable;

/**
 * Asks whether a stretch of the tenant's log is as it was; it has the shape of the request's body.
 *
 * @param fromIndex the first record to look at; null for the first of all
 * @param toIndex the one after the last; null for the end
 */
record CheckLog(@Nullable Long fromIndex, @Nullable Long toIndex) {}
