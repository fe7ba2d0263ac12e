package dev.sextant.identity.token;

import java.time.Duration;

/**
 * {@code identity.tokens:} in the configuration file.
 *
 * @param issuer the URL under which callers find this installation, in each token's {@code iss}; empty where that is the
 *     address it listens at
 * @param audience who the tokens are for, in {@code aud}
 * @param lifetime of an access token; 1 minute to 1 day
 * @param rotateKeysAfter how old the newest signing key may get before the next one is made; 1 hour at least
 * @param announceKeysFor how long a new key is published before it signs, so that others know it by then
 */
public record TokenConfig(
        String issuer, String audience, Duration lifetime, Duration rotateKeysAfter, Duration announceKeysFor) {

    public static final TokenConfig DEFAULT = new TokenConfig(
            "", "urn:sextant:api", Duration.ofMinutes(15), Duration.ofDays(30), Duration.ofMinutes(10));

    public TokenConfig {
        boolean isUrl = issuer.startsWith("https://") || issuer.startsWith("http://");
        if (audience.isBlank() || (!issuer.isEmpty() && (!isUrl || issuer.endsWith("/")))) {
            throw new IllegalArgumentException(
                    "identity.tokens: issuer must be an http or https URL without a slash at its end, or empty;"
                            + " audience must not be blank");
        }
        if (lifetime.toSeconds() < 60 || lifetime.toSeconds() > 86_400) {
            throw new IllegalArgumentException("identity.tokens: lifetime must be 1 minute to 1 day");
        }
        if (rotateKeysAfter.toSeconds() < 3_600 || announceKeysFor.isNegative()
                || announceKeysFor.compareTo(rotateKeysAfter) >= 0) {
            throw new IllegalArgumentException(
                    "identity.tokens: rotate_keys_after must be 1 hour or more, announce_keys_for less than that");
        }
    }
}
