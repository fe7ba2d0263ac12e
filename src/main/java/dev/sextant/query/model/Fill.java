package dev.sextant.query.model;

import org.jspecify.annotations.Nullable;

/**
 * How buckets of time without events are shown: counts as 0.
 *
 * @param value what the other measures are there; null where they are missing
 */
public record Fill(@Nullable Double value) {}
