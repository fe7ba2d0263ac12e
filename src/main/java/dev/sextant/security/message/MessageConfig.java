package dev.sextant.security.message;

import java.time.Duration;

/**
 * {@code messages:} signed and encrypted messages.
 *
 * @param publicOrigin scheme and authority that clients see, such as {@code https://api.example.com}, where that is not what
 *     reaches this server; empty for what does
 * @param clockSkew how far the clocks of signers may be off
 * @param signatureAge how old a signature may be; for so long its nonce is remembered
 * @param noncesMax nonces that this node remembers by itself
 * @param keyLifetime when a new key for encrypted requests is made; the one before is good for as long again
 */
public record MessageConfig(
        String publicOrigin, Duration clockSkew, Duration signatureAge, int noncesMax, Duration keyLifetime) {

    public static final MessageConfig DEFAULT =
            new MessageConfig("", Duration.ofSeconds(30), Duration.ofMinutes(5), 100_000, Duration.ofDays(90));

    public MessageConfig {
        require(
                publicOrigin.isEmpty() || publicOrigin.matches("https?://[^/]+"),
                "public_origin must be like https://host");
        require(!clockSkew.isNegative(), "clock_skew must be 0s or more");
        require(signatureAge.toSeconds() >= 1, "signature_age must be 1s or more");
        require(noncesMax >= 1, "nonces_max must be 1 or more");
        require(keyLifetime.toMinutes() >= 1, "key_lifetime must be 1m or more");
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("messages: " + rule);
        }
    }
}
