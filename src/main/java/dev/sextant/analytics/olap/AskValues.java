package dev.sextant.analytics.olap;

import org.jspecify.annotations.Nullable;

/**
 * Asks which values a field has.
 *
 * @param prefix what they begin with; null for all
 * @param ignoreCase whether they may begin so in other cases
 * @param limit how many are told
 * @param from as it came, inclusive; null for the earliest
 * @param to as it came, exclusive; null for the latest
 */
record AskValues(
        String dataset,
        String field,
        @Nullable String prefix,
        boolean ignoreCase,
        int limit,
        @Nullable String from,
        @Nullable String to) {}
