package dev.sextant.query.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;

/**
 * Asks a query, as the caller sent it: it keeps to the contract, and is not read yet. Stays on the node.
 *
 * @param hungUp completes when nobody waits any more
 */
public record AskQuery(JsonNode body, Future<Void> hungUp) {}
