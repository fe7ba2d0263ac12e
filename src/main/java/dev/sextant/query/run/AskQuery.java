package dev.sextant.query.run;

import com.fasterxml.jackson.databind.JsonNode;

/** Asks a query, as the caller sent it: it keeps to the contract, and is not read yet. */
public record AskQuery(JsonNode body) {}
