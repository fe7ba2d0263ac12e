package dev.sextant.identity.grant;

import org.jspecify.annotations.Nullable;

/**
 * Asks for the next refresh token in place of this one. It prints without the token.
 *
 * @param scope the scopes wanted, separated by spaces; null for all that there are. Too many use nothing up
 */
public record RefreshSignIn(
        String refreshToken, String clientId, @Nullable String scope) {

    @Override
    public String toString() {
        return "RefreshSignIn[clientId=%s, refreshToken=***]".formatted(clientId);
    }
}
