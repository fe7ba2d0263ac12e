package dev.sextant.identity.token;

import java.time.Duration;

/**
 * {@code identity.tokens:} in the configuration file.
 *
 * @param issuer names this installation, in each token's {@code iss}
 * @param audience who the tokens are for, in {@code aud}
 * @param lifetime of an access token; 1 minute to 1 day
 */
public record TokenConfig(String issuer, String audience, Duration lifetime) {

    public static final TokenConfig DEFAULT = new TokenConfig("urn:sextant", "urn:sextant:api", Duration.ofMinutes(15));

    public TokenConfig {
        if (issuer.isBlank() || audience.isBlank()) {
            throw new IllegalArgumentException("identity.tokens: issuer and audience must not be blank");
        }
        if (lifetime.toSeconds() < 60 || lifetime.toSeconds() > 86_400) {
            throw new IllegalArgumentException("identity.tokens: lifetime must be 1 minute to 1 day");
        }
    }
}
