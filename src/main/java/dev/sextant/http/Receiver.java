package dev.sextant.http;

import io.vertx.core.Future;

/**
 * Whoever waits for the answer.
 *
 * @param mediaType of those that the operation answers in, the one they like best; empty where it answers without a body
 * @param hungUp completes, on the request's event loop, when they are gone before the answer was written; never fails
 */
public record Receiver(String mediaType, Future<Void> hungUp) {}
