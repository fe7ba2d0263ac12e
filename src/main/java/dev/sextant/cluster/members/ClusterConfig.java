package dev.sextant.cluster.members;

import dev.sextant.kernel.Secret;
import java.net.InetAddress;
import java.util.List;

/**
 * {@code cluster:} in the configuration file.
 *
 * @param enabled whether this server is one of several
 * @param name of the cluster; nodes of another one are not let in
 * @param secret what every node proves to every other one that it knows
 */
public record ClusterConfig(boolean enabled, String name, Secret secret, Members members, Bus bus) {

    private static final int SECRET_CHARACTERS_MIN = 16;

    /**
     * How nodes find each other.
     *
     * @param host the address of this machine to listen at, as a number
     * @param advertised host and port by which the others reach this node, where they are others; else empty
     * @param join where some nodes, or all, are to be found: {@code 10.0.0.7:5701, 10.0.0.8:5701}; this node may be among them
     */
    public record Members(String host, int port, String advertised, String join) {
        public Members {
            require(isAddress(host), "members.host must be an IP address of this machine");
            require(Endpoint.isPort(port), "members.port must be 1 to 65535");
            Endpoint.readAll("cluster: members.advertised", advertised);
            Endpoint.readAll("cluster: members.join", join);
        }

        List<Endpoint> joined() {
            return Endpoint.readAll("cluster: members.join", join);
        }
    }

    /**
     * How nodes talk.
     *
     * @param host the address of this machine to listen at, as a number
     * @param port 0 picks a free one
     * @param advertised host and port by which the others reach this node, where they are others; else empty
     */
    public record Bus(String host, int port, String advertised, Tls tls) {
        public Bus {
            require(isAddress(host), "bus.host must be an IP address of this machine");
            require(port == 0 || Endpoint.isPort(port), "bus.port must be 0 to 65535");
            Endpoint.readAll("cluster: bus.advertised", advertised);
            require(
                    tls.isThere() || isLoopback(host),
                    "bus.tls is needed on every address but loopback: whoever reached it could speak for any tenant");
        }
    }

    /**
     * PEM files, all or none of them.
     *
     * @param certificate of this node
     * @param authority whose certificates nodes have, and nobody else: the only thing that is asked of a node
     */
    public record Tls(String certificate, String key, String authority) {
        public Tls {
            require(
                    certificate.isEmpty() == key.isEmpty() && key.isEmpty() == authority.isEmpty(),
                    "bus.tls needs certificate, key and authority");
        }

        boolean isThere() {
            return !certificate.isEmpty();
        }
    }

    public static final ClusterConfig DEFAULT = new ClusterConfig(
            false,
            "sextant",
            new Secret(""),
            new Members("127.0.0.1", 5701, "", ""),
            new Bus("127.0.0.1", 0, "", new Tls("", "", "")));

    public ClusterConfig {
        require(!name.isBlank(), "name must not be empty");
        require(
                !enabled || secret.value().length() >= SECRET_CHARACTERS_MIN,
                "secret must have %d characters or more, the same on every node".formatted(SECRET_CHARACTERS_MIN));
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("cluster: " + rule);
        }
    }

    /** Numbers only: names are not looked up. */
    private static boolean isAddress(String host) {
        return host.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
    }

    private static boolean isLoopback(String host) {
        return InetAddress.ofLiteral(host).isLoopbackAddress();
    }
}
