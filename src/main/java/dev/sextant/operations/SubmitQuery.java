package dev.sextant.operations;

import com.fasterxml.jackson.databind.JsonNode;

/** Asks to keep a query and run it, after checking it. */
record SubmitQuery(JsonNode body) {}
