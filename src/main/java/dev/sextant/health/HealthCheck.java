package dev.sextant.health;

import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * A part of the server.
 *
 * @param name as operators know it: {@code postgres}
 * @param probe succeeds where the part works; it may take its time, we do not wait for long
 * @param isNeeded whether a server without it should get no requests; else it does some things worse
 */
public record HealthCheck(String name, Supplier<Future<Void>> probe, boolean isNeeded) {

    /** One that the server needs. */
    public HealthCheck(String name, Supplier<Future<Void>> probe) {
        this(name, probe, true);
    }

    /** One that the server can do without. */
    public static HealthCheck useful(String name, Supplier<Future<Void>> probe) {
        return new HealthCheck(name, probe, false);
    }
}
