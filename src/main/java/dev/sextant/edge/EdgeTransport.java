package dev.sextant.edge;

import io.vertx.core.transport.Transport;

/** The transport of a node's Vert.x: without trusted proxies the plain one, with them one that reads what they say first. */
public record EdgeTransport(String name, io.vertx.core.spi.transport.Transport implementation) implements Transport {

    /** The machine's own where there is one, else that of Java. */
    public static Transport of(EdgeConfig config) {
        Transport own = Transport.nativeTransport();
        Transport plain = own != null && own.available() ? own : Transport.NIO;
        return config.trusted().isEmpty()
                ? plain
                : new EdgeTransport(plain.name(), new ProxyTransport(plain.implementation(), config.trusted()));
    }

    @Override
    public boolean available() {
        return true;
    }

    @Override
    public Throwable unavailabilityCause() {
        throw new IllegalStateException("It is available");
    }
}
