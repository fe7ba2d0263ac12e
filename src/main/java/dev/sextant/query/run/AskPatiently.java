package dev.sextant.query.run;

import com.fasterxml.jackson.databind.JsonNode;

/** Asks a query that takes its time; its budget's {@code max_ms} does not count. Stays on the node. */
public record AskPatiently(JsonNode body, Run run) {}
