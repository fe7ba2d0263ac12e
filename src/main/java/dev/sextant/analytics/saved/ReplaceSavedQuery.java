package dev.sextant.analytics.saved;

import org.jspecify.annotations.Nullable;

/**
 * Asks to replace a saved query.
 *
 * @param ifMatch of what version it must be; null for any
 */
record ReplaceSavedQuery(
        String id, SavedText text, @Nullable String ifMatch) {}
