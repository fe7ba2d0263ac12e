package dev.sextant.identity.grant;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sign-in, as it is kept.
 *
 * @param usedAt when what led to it, the code or the refresh token, was used; null where it was not
 * @param tokenExpiresAt of what led to it
 */
record StoredSignIn(
        String id,
        String userId,
        boolean isUserActive,
        String clientId,
        List<String> scopes,
        List<String> roles,
        String redirectUri,
        String codeChallenge,
        Instant expiresAt,
        @Nullable Instant revokedAt,
        Instant tokenExpiresAt,
        @Nullable Instant usedAt) {

    StoredSignIn {
        scopes = List.copyOf(scopes);
        roles = List.copyOf(roles);
    }

    /** Whether what led to it can be used now, if it was not used before. */
    boolean stands(Instant now) {
        return revokedAt == null && isUserActive && now.isBefore(expiresAt) && now.isBefore(tokenExpiresAt);
    }
}
