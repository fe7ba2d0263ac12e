package dev.sextant.http;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import java.util.function.Supplier;

/**
 * Whoever waits for the answer.
 *
 * @param mediaType of those that the operation answers in, the one they like best; empty where it answers without a body
 * @param headers what every answer will have, whatever comes of the call; to be added to until it is written
 * @param hungUp completes, on the request's event loop, when they are gone before the answer was written, or it cannot be given; never
 *     fails
 * @param certificate as in {@link MessageSecurity.Head}; asked for only where it matters
 */
public record Receiver(String mediaType, MultiMap headers, Future<Void> hungUp, Supplier<String> certificate) {}
