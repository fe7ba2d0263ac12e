package dev.sextant.query.run;

import dev.sextant.query.cache.CachedResult;

/** An answer, and whether it was there already when it was asked for. */
public record Answered(CachedResult result, boolean hit) {}
