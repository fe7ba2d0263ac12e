package dev.sextant.identity.client;

import org.jspecify.annotations.Nullable;

/**
 * Asks for a client that proves itself; fails with {@code OauthRefused} where it does not. It prints without the secret.
 *
 * @param secret null where none was given: right for public clients only
 */
public record AuthenticateClient(String id, @Nullable String secret) {

    @Override
    public String toString() {
        return "AuthenticateClient[id=%s, secret=***]".formatted(id);
    }
}
