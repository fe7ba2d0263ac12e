package dev.sextant.rollups;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A rollup as callers see it: the declaration as it was sent, and how large it is.
 *
 * @param rows that the engine keeps now
 */
record RollupReport(String name, String grain, JsonNode dimensions, JsonNode measures, long rows, Instant createdAt) {}
