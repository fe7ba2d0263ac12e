package dev.sextant.store;

import dev.sextant.kernel.Secret;
import java.time.Duration;

/**
 * {@code postgres:} in the configuration file.
 *
 * @param host, port, database where it is, in external mode; the embedded one is found by the launcher
 * @param passwords one for each role, in external mode
 * @param connectionsMax for tenants' work; the other roles have a few more of their own
 * @param waitersMax how many may wait for a connection, per role, before the next is refused
 * @param connectPatience how long one waits for a connection
 * @param patience how long a transaction may take as a whole
 */
public record PostgresConfig(
        Mode mode,
        String host,
        int port,
        String database,
        Passwords passwords,
        int connectionsMax,
        int waitersMax,
        Duration connectPatience,
        Duration patience) {

    /** Whose PostgreSQL it is: one that this server brings along, or one that is there already. */
    public enum Mode {
        EMBEDDED,
        EXTERNAL
    }

    /** What each database role logs in with. */
    public record Passwords(Secret owner, Secret app, Secret auth, Secret platform) {

        public static final Passwords NONE =
                new Passwords(new Secret(""), new Secret(""), new Secret(""), new Secret(""));

        boolean isMissingOne() {
            return owner.value().isEmpty()
                    || app.value().isEmpty()
                    || auth.value().isEmpty()
                    || platform.value().isEmpty();
        }
    }

    public static final PostgresConfig DEFAULT = new PostgresConfig(
            Mode.EMBEDDED,
            "127.0.0.1",
            5432,
            "sextant",
            Passwords.NONE,
            8,
            256,
            Duration.ofSeconds(1),
            Duration.ofSeconds(5));

    public PostgresConfig {
        if (host.isBlank() || database.isBlank() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("postgres: host and database must be named, port must be 1 to 65535");
        }
        if (connectionsMax < 1 || connectionsMax > 1000 || waitersMax < 1) {
            throw new IllegalArgumentException(
                    "postgres: connections_max must be 1 to 1000, and waiters_max 1 or more");
        }
        if (connectPatience.toMillis() < 1 || patience.compareTo(connectPatience) < 0) {
            throw new IllegalArgumentException(
                    "postgres: connect_patience must be 1 ms or more, and patience not less than it");
        }
        if (mode == Mode.EXTERNAL && passwords.isMissingOne()) {
            throw new IllegalArgumentException(
                    "postgres: external mode needs passwords for owner, app, auth and platform");
        }
    }

    /** The same limits, for a server that is there. */
    public PostgresConfig at(String host, int port, String database, Passwords passwords) {
        return new PostgresConfig(
                mode, host, port, database, passwords, connectionsMax, waitersMax, connectPatience, patience);
    }
}
