package dev.sextant.query.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;

/**
 * Asks a query on the terms that its body sets. Stays on the node.
 *
 * @param hungUp completes when nobody waits any more
 */
public record AskOnTerms(JsonNode body, Future<Void> hungUp) {}
