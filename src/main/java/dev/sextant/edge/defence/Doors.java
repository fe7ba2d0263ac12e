package dev.sextant.edge.defence;

import dev.sextant.http.AddressRange;
import dev.sextant.http.ClientAddress;
import dev.sextant.telemetry.Telemetry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.Http1xServerConnection;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.transport.Transport;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All doors of the node: counts who is in, lets no more in than there may be, and closes those who dribble. Any thread.
 *
 * <p>A Vertx whose transport comes from here has it for each of its HTTP servers; in another one, nothing is limited.
 */
public final class Doors {

    private final ConnectionConfig config;
    private final long idleNanos;
    private final List<AddressRange> trusted;
    private final Occupancy occupancy;
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong evicted = new AtomicLong();
    private final ConcurrentMap<EventLoop, Patrol> loopToPatrol = new ConcurrentHashMap<>();

    /**
     * @param idle how long a connection of HTTP/2 may have no request, whatever it sends
     * @param trusted proxies, who have as many connections as they need
     */
    public Doors(ConnectionConfig config, Duration idle, List<AddressRange> trusted) {
        this.config = config;
        this.trusted = List.copyOf(trusted);
        this.idleNanos = idle.toNanos();
        this.occupancy = new Occupancy(config.allMax(), config.perAddressMax());
    }

    /**
     * The best transport of this machine, with us at its HTTP servers.
     *
     * @param behind what comes behind each door of a server that uses the PROXY protocol
     */
    public Transport transport(List<Supplier<ChannelHandler>> behind) {
        Transport best = Transport.nativeTransport();
        return new GuardedTransport(
                best == null || !best.available() ? Transport.NIO : best,
                (options, bootstrap) -> guard(options, bootstrap, behind));
    }

    private void guard(NetServerOptions options, ServerBootstrap bootstrap, List<Supplier<ChannelHandler>> behind) {
        if (options instanceof HttpServerOptions http) {
            bootstrap.handler(new Gate(this, http, http.isUseProxyProtocol() ? behind : List.of()));
        }
    }

    /** Whether there is room for a connection; then {@link #leave} must follow, once. */
    boolean enter(InetAddress address) {
        boolean isIn = AddressRange.anyContains(trusted, ClientAddress.of(address))
                ? occupancy.enterUnbounded(address)
                : occupancy.enter(address);
        if (!isIn) {
            refused.incrementAndGet();
        }
        return isIn;
    }

    void leave(InetAddress address) {
        occupancy.leave(address);
    }

    /** A connection speaks HTTP from here on: its handshakes are over. To be told before its first request. */
    public static void opened(HttpConnection connection) {
        Door door = door(connection);
        if (door != null) {
            door.opened(!(connection instanceof Http1xServerConnection));
        }
    }

    /** A request has come, its headers whole. */
    public static void arrived(HttpServerRequest request) {
        Door door = door(request.connection());
        if (door != null) {
            door.arrived(request);
        }
    }

    /** Whether the body of this request, the last of its connection, does not parse from some place on: it never ends. */
    public static boolean isBodyBroken(HttpServerRequest request) {
        Door door = door(request.connection());
        return door != null && door.isBodyBroken();
    }

    /** To be told, maybe at once, on the event loop, that the body of this request does not parse. */
    static void onBrokenBody(HttpServerRequest request, Runnable hearing) {
        Door door = door(request.connection());
        if (door != null) {
            door.onBrokenBody(hearing);
        }
    }

    /** The toolkit shows a connection's channel to its own parts only. */
    private static @Nullable Door door(HttpConnection connection) {
        return connection instanceof ConnectionBase open ? Door.of(open.channel()) : null;
    }

    Patrol patrol(EventLoop loop) {
        return loopToPatrol.computeIfAbsent(loop, here -> Patrol.begin(here, this));
    }

    ConnectionConfig config() {
        return config;
    }

    long idleNanos() {
        return idleNanos;
    }

    void evicted() {
        evicted.incrementAndGet();
    }

    public void measure(Telemetry telemetry) {
        telemetry.gauge("sextant.edge.connections", "Connections that are open", occupancy::all);
        telemetry.gauge("sextant.edge.connections.addresses", "Addresses that have one", occupancy::addresses);
        telemetry.gauge("sextant.edge.connections.refused", "Connections for which there was no room", refused::get);
        telemetry.gauge("sextant.edge.connections.evicted", "Connections closed for being slow", evicted::get);
    }
}
