package dev.sextant.analytics.saved;

import org.jspecify.annotations.Nullable;

/**
 * Asks to forget a saved query.
 *
 * @param ifMatch of what version it must be; null for any
 */
record DeleteSavedQuery(String id, @Nullable String ifMatch) {}
