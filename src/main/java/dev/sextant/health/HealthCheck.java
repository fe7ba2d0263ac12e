package dev.sextant.health;

import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * A part that the server needs.
 *
 * @param name as operators know it: {@code postgres}
 * @param probe succeeds where the part works; it may take its time, we do not wait for long
 */
public record HealthCheck(String name, Supplier<Future<Void>> probe) {}
