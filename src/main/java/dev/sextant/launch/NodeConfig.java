package dev.sextant.launch;

import dev.sextant.feature.Role;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * {@code node:} in the configuration file.
 *
 * @param dataDir the folder in which this server keeps everything
 * @param name by which this node is known, to clients too; none for one of its host and port
 * @param roles {@code serve}, {@code background}, or both with a comma between them
 * @param farewell how long a server that is told to stop goes on serving, while load balancers learn from {@code /health/ready}
 *     that it should get no more
 */
public record NodeConfig(String dataDir, String name, String roles, Duration farewell) {

    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";

    public static final NodeConfig DEFAULT = new NodeConfig("data", "", "serve, background", Duration.ZERO);

    public NodeConfig {
        if (dataDir.isBlank()) {
            throw new IllegalArgumentException("node: data_dir must be named");
        }
        if (!name.isEmpty() && !name.matches(NAME)) {
            throw new IllegalArgumentException(
                    "node: name has letters, digits, dots, dashes and underscores, 63 at most, and begins with one of the first two");
        }
        if (farewell.isNegative() || farewell.toSeconds() > 300) {
            throw new IllegalArgumentException("node: farewell must be 0s to 5m");
        }
        read(roles);
    }

    Set<Role> duties() {
        return read(roles);
    }

    private static Set<Role> read(String roles) {
        Set<Role> read = EnumSet.noneOf(Role.class);
        for (String role : roles.split(",", -1)) {
            switch (role.strip()) {
                case "serve" -> read.add(Role.SERVE);
                case "background" -> read.add(Role.BACKGROUND);
                default -> throw new IllegalArgumentException("node: roles must be serve, background, or both");
            }
        }
        return read;
    }

    /**
     * The name, or {@code host-port}.
     *
     * @param port where callers come in; 0 for one that is picked later: then the process takes its place
     */
    String nameAt(int port) {
        long last = port == 0 ? ProcessHandle.current().pid() : port;
        return name.isEmpty() ? "%s-%d".formatted(hostName(), last) : name;
    }

    private static String hostName() {
        try {
            String host = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
            String plain = host.replaceAll("[^a-z0-9.-]", "-").replaceAll("^[.-]+", "");
            return plain.isEmpty() ? "node" : plain.substring(0, Math.min(plain.length(), 50));
        } catch (UnknownHostException _) {
            return "node";
        }
    }
}
