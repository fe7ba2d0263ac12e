package dev.sextant.identity.grant;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a refresh token is; all but {@code isGood} is empty where it is none.
 *
 * @param isGood whether it can be used now
 */
public record FoundRefreshToken(
        boolean isGood,
        String signInId,
        String tenant,
        String userId,
        String clientId,
        List<String> scopes,
        @Nullable Instant expiresAt) {

    static final FoundRefreshToken NONE = new FoundRefreshToken(false, "", "", "", "", List.of(), null);

    public FoundRefreshToken {
        scopes = List.copyOf(scopes);
    }
}
