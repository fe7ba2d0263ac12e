package dev.sextant.identity.grant;

import java.time.Instant;
import java.util.List;

/**
 * A sign-in that stands, and the refresh token that carries it on. It prints without the token.
 *
 * @param scopes what the user let the client do
 * @param roles what the user is, at this moment
 * @param expiresAt from when on nothing comes of it any more
 */
public record GrantedSignIn(
        String signInId,
        String tenant,
        String userId,
        String clientId,
        List<String> scopes,
        List<String> roles,
        String refreshToken,
        Instant expiresAt) {

    public GrantedSignIn {
        scopes = List.copyOf(scopes);
        roles = List.copyOf(roles);
    }

    @Override
    public String toString() {
        return "GrantedSignIn[signInId=%s, refreshToken=***]".formatted(signInId);
    }
}
