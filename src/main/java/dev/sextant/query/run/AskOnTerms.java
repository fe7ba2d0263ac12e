package dev.sextant.query.run;

import com.fasterxml.jackson.databind.JsonNode;

/** Asks a query on the terms that its body sets. */
public record AskOnTerms(JsonNode body) {}
