package dev.sextant.identity.session;

import java.time.Duration;

/**
 * {@code identity.sessions:} in the configuration file.
 *
 * @param lifetime of a browser's session; 1 minute to 30 days
 * @param attemptsWindow so long attempts to sign in are counted, from the first on
 * @param attemptsMax of one address at one user in that time
 * @param attemptsPerUserMax failures of all addresses at one user
 * @param attemptsPerAddressMax failures of one address at all users of a tenant
 */
public record SessionConfig(
        Duration lifetime,
        Duration attemptsWindow,
        int attemptsMax,
        int attemptsPerUserMax,
        int attemptsPerAddressMax) {

    public static final SessionConfig DEFAULT =
            new SessionConfig(Duration.ofHours(12), Duration.ofMinutes(15), 10, 100, 100);

    public SessionConfig {
        if (lifetime.toSeconds() < 60 || lifetime.toDays() > 30) {
            throw new IllegalArgumentException("identity.sessions: lifetime must be 1 minute to 30 days");
        }
        if (attemptsWindow.toMillis() < 1 || attemptsMax < 1 || attemptsPerUserMax < 1 || attemptsPerAddressMax < 1) {
            throw new IllegalArgumentException(
                    "identity.sessions: attempts_window must be 1 ms or more, all numbers of attempts 1 or more");
        }
    }
}
