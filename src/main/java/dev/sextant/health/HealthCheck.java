package dev.sextant.health;

import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * A part that the server works with.
 *
 * @param name as operators know it: {@code postgres}
 * @param probe succeeds where the part works; it may take its time, we do not wait for long
 */
public record HealthCheck(String name, Supplier<Future<Void>> probe, Need need) {

    /** What it means when the part is away. */
    enum Need {
        /** The server should get no requests. */
        OWN,

        /** No server can do without, so none is any better than this one: it should get no requests until the part was there once. */
        SHARED,

        /** The server does some things worse. */
        USEFUL
    }

    /** A part that belongs to this server alone. */
    public static HealthCheck own(String name, Supplier<Future<Void>> probe) {
        return new HealthCheck(name, probe, Need.OWN);
    }

    /** A part that belongs to all servers of a cluster. */
    public static HealthCheck shared(String name, Supplier<Future<Void>> probe) {
        return new HealthCheck(name, probe, Need.SHARED);
    }

    /** A part that the server can do without. */
    public static HealthCheck useful(String name, Supplier<Future<Void>> probe) {
        return new HealthCheck(name, probe, Need.USEFUL);
    }
}
