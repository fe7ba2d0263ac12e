package dev.sextant.store;

import dev.sextant.kernel.Secret;
import java.time.Duration;

/**
 * {@code redis:} in the configuration file.
 *
 * @param host, port where it is, in external mode; the embedded one is found by the launcher
 * @param password empty where it asks for none
 * @param connectionsMax how many commands may be on their way at once
 * @param waitersMax how many may wait for a connection before the next is refused
 * @param patience how long a command may take, connecting included
 */
public record RedisConfig(
        Mode mode, String host, int port, Secret password, int connectionsMax, int waitersMax, Duration patience) {

    /** Whose Redis it is: one that this server brings along, or one that is there already. */
    public enum Mode {
        EMBEDDED,
        EXTERNAL
    }

    public static final RedisConfig DEFAULT =
            new RedisConfig(Mode.EMBEDDED, "127.0.0.1", 6379, new Secret(""), 8, 256, Duration.ofSeconds(1));

    public RedisConfig {
        if (host.isBlank() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("redis: host must be named, port must be 1 to 65535");
        }
        if (connectionsMax < 1 || waitersMax < 1 || patience.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "redis: connections_max and waiters_max must be 1 or more, patience 1 ms or more");
        }
    }

    /** The same limits, for a server that is there. */
    public RedisConfig at(String host, int port, Secret password) {
        return new RedisConfig(mode, host, port, password, connectionsMax, waitersMax, patience);
    }
}
