package dev.sextant.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import java.util.Set;
import dev.sextant.kernel.TenantId;

/**
 * What is known of a sign-in before a token that came of it is believed.
 *
 * @param isTenantActive false while the tenant is suspended; {@code isUserActive} likewise
 * @param scopes what the user let the client do
 * @param roles what the user is, at this moment
 * @param authority what these roles come to, as {@code authz.policy.Authority} reads it
 * @param expiresAt from when on nothing comes of it any more
 */
public record SignInCredential(
        String signInId,
        TenantId tenant,
        boolean isTenantActive,
        String userId,
        boolean isUserActive,
        String clientId,
        Set<String> scopes,
        List<String> roles,
        String authority,
        Instant expiresAt,
        @Nullable Instant revokedAt) {

    public SignInCredential {
        scopes = Set.copyOf(scopes);
        roles = List.copyOf(roles);
    }
}
