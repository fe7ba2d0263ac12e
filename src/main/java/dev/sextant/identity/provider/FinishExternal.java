package dev.sextant.identity.provider;

import org.jspecify.annotations.Nullable;

/**
 * Asks whom a provider vouches for; fails with {@code PolicyDenied} where it does not, or not well enough, and with
 * {@code Unavailable} where it cannot be asked.
 *
 * @param issuer as the browser brought it along (RFC 9207); null where it did not
 */
public record FinishExternal(
        String providerId, String redirectUri, String nonce, String codeVerifier, String code, @Nullable String issuer) {

    @Override
    public String toString() {
        return "FinishExternal[providerId=%s]".formatted(providerId);
    }
}
