package dev.sextant.edge;

import dev.sextant.edge.defence.Doors;
import dev.sextant.http.AddressRange;
import dev.sextant.telemetry.Telemetry;
import io.vertx.core.transport.Transport;
import java.util.List;

/** The transport of a node's Vert.x: the machine's own where there is one, else that of Java; with doors at its servers. */
public final class EdgeTransport {

    private EdgeTransport() {}

    /** With trusted proxies, connections begin with what they say. */
    public static Transport of(EdgeConfig config, Telemetry telemetry) {
        List<AddressRange> trusted = config.trusted();
        Doors doors = new Doors(config.connections(), config.idle(), trusted);
        doors.measure(telemetry);
        return trusted.isEmpty()
                ? doors.transport(List.of())
                : doors.transport(List.of(() -> new ProxyGreeting(trusted)));
    }
}
