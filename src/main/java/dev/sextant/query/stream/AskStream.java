package dev.sextant.query.stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;

/**
 * Asks for all rows of a query, as the caller sent it: it keeps to the contract, and is not read yet.
 *
 * @param hungUp completes when nobody waits any more
 */
public record AskStream(JsonNode body, StreamFormat format, Future<Void> hungUp) {}
