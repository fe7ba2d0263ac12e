package dev.sextant.cluster.members;

import dev.sextant.CuttableWire;
import dev.sextant.bus.Bus;
import dev.sextant.kernel.Secret;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A node with nothing on it but the bus, which all others reach through wires that can be cut. */
final class LoopbackNode implements AutoCloseable {

    static final Secret SECRET = new Secret("known to all nodes of these tests");
    static final ClusterConfig.Tls NO_TLS = new ClusterConfig.Tls("", "", "");

    /** Where a node will be. */
    record Place(int membersPort, int busPort, CuttableWire membersWire, CuttableWire busWire) {

        static Place make() {
            int members = freePort();
            int bus = freePort();
            return new Place(members, bus, new CuttableWire(members), new CuttableWire(bus));
        }

        String advertised() {
            return "127.0.0.1:" + membersWire.port();
        }

        /** Nobody reaches it, and what it has with others breaks. */
        void cut() {
            membersWire.cut();
            busWire.cut();
        }

        void mend() {
            membersWire.mend();
            busWire.mend();
        }

        void close() {
            membersWire.close();
            busWire.close();
        }
    }

    final Members members;
    final Vertx vertx;
    final Bus bus;

    private LoopbackNode(Members members) {
        this.members = members;
        this.vertx = Vertx.builder()
                .with(new VertxOptions().setEventBusOptions(members.busOptions()))
                .withClusterManager(members.manager())
                .buildClustered()
                .await();
        members.watch(vertx);
        this.bus = new Bus(vertx, Bus.Wire.WHERE_NEEDED);
    }

    static LoopbackNode start(String name, Place place, Place... others) {
        return new LoopbackNode(Members.join(config(SECRET, NO_TLS, place, others), name));
    }

    static LoopbackNode start(String name, ClusterConfig config) {
        return new LoopbackNode(Members.join(config, name));
    }

    static ClusterConfig config(Secret secret, ClusterConfig.Tls tls, Place place, Place... others) {
        String join = Stream.concat(Stream.of(place), List.of(others).stream())
                .map(Place::advertised)
                .collect(Collectors.joining(", "));
        return new ClusterConfig(
                true,
                "test",
                secret,
                new ClusterConfig.Members("127.0.0.1", place.membersPort(), place.advertised(), join),
                new ClusterConfig.Bus(
                        "127.0.0.1",
                        place.busPort(),
                        "127.0.0.1:" + place.busWire().port(),
                        tls));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        vertx.close().await();
        members.close();
    }
}
