package dev.sextant.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Asks to delete the events that the filter and the range mean, both as the caller sent them; one at least is there. */
record DeleteEvents(
        String dataset, @Nullable JsonNode filter, @Nullable JsonNode timeRange) {}
