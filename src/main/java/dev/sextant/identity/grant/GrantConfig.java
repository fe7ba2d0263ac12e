package dev.sextant.identity.grant;

import java.time.Duration;

/**
 * {@code identity.sign_ins:} in the configuration file.
 *
 * @param codeLifetime of an authorization code; 5 seconds to 10 minutes
 * @param refreshLifetime of a refresh token that is not used; 1 minute at least
 * @param lifetime of a sign-in, however often it is refreshed; not less than {@code refreshLifetime}
 */
public record GrantConfig(Duration codeLifetime, Duration refreshLifetime, Duration lifetime) {

    public static final GrantConfig DEFAULT =
            new GrantConfig(Duration.ofMinutes(1), Duration.ofDays(14), Duration.ofDays(90));

    public GrantConfig {
        if (codeLifetime.toSeconds() < 5 || codeLifetime.toSeconds() > 600) {
            throw new IllegalArgumentException("identity.sign_ins: code_lifetime must be 5 seconds to 10 minutes");
        }
        if (refreshLifetime.toSeconds() < 60 || lifetime.compareTo(refreshLifetime) < 0) {
            throw new IllegalArgumentException(
                    "identity.sign_ins: refresh_lifetime must be 1 minute or more, and not above lifetime");
        }
    }
}
