package dev.sextant.http;

import dev.sextant.kernel.Principal;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Whoever waits for the answer.
 *
 * @param mediaType of those that the operation answers in, the one they like best; empty where it answers without a body
 * @param headers what every answer will have, whatever comes of the call; to be added to until it is written
 * @param hungUp completes, on the request's event loop, when they are gone before the answer was written, or it cannot be given; never
 *     fails
 * @param bond throws {@code PolicyDenied} where the given caller's key works with a client certificate only that this connection has not
 *     shown: for callers who make themselves known later than by the request's head
 * @param certificate as in {@link MessageSecurity.Head}; asked for only where it matters
 */
public record Receiver(
        String mediaType,
        MultiMap headers,
        Future<Void> hungUp,
        Consumer<Principal> bond,
        Supplier<String> certificate) {}
