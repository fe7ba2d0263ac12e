package dev.sextant.store;

import dev.sextant.kernel.TenantId;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an API key before its bearer is believed.
 *
 * @param isTenantActive false while the tenant is suspended
 * @param hash SHA-256 of the whole key, 32 bytes
 */
public record Credential(
        String keyId,
        TenantId tenant,
        boolean isTenantActive,
        Buffer hash,
        Set<String> scopes,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt) {

    public Credential {
        scopes = Set.copyOf(scopes);
    }
}
